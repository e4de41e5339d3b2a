// A painted bowl of apples, oranges and bananas on a checked table cloth, with tiles behind.
#include "studio.inc"

camera { location <-0.8, 4.2, -7.6> look_at <0.05, 0.9, 0> angle 37 right x*image_width/image_height }
SoftLamp(<-6, 8, -3>, rgb <1.0, 0.95, 0.86>*0.95, 3)
FillLight(<7, 4, -4>, rgb <0.8, 0.88, 1.0>*0.2)
Panel(<-5, 6, -3>, <0, 1, 0>, 3, 3, 1.8)
Ambience(<1, 0.99, 0.97>*0.75)

difference {
  sor { 7, <0.5, -0.2>, <0.70, 0.0>, <0.72, 0.10>, <1.45, 0.45>, <1.85, 0.95>, <1.98, 1.25>, <2.0, 1.5> }
  sor { 6, <0.02, 0.0>, <0.10, 0.14>, <1.35, 0.50>, <1.78, 0.98>, <1.92, 1.26>, <2.0, 1.6> open }
  texture {
    pigment {
      function { 0.5 + 0.5*sin(14*atan2(z, x) + 10*y)*cos(y*9) }
      colour_map { [0.30 srgb <0.12, 0.32, 0.42>] [0.36 srgb <0.93, 0.90, 0.82>] [0.64 srgb <0.93, 0.90, 0.82>] [0.70 srgb <0.80, 0.52, 0.16>] }
    }
    finish { Glazed }
  }
  interior { ior 1.5 }
}
torus { 1.94, 0.045 translate y*1.255 texture { pigment { srgb <0.12, 0.32, 0.42> } finish { Glazed } } interior { ior 1.5 } }

#macro Apple(Deep, Pale, Place, Tilt)
  union {
    sor {
      9, <0.02, -0.66>, <0.12, -0.50>, <0.34, -0.54 + 0.055>, <0.52, -0.25>, <0.60, 0.10>, <0.50, 0.38>, <0.28, 0.485>, <0.08, 0.50>, <0.01, 0.56>
      texture {
        pigment { bozo turbulence 0.4 colour_map { [0.25 srgb Pale] [0.5 srgb Deep] [1 srgb Deep*0.8] } scale <0.12, 0.9, 0.12> translate Place*3 }
        finish { diffuse 0.75 specular 0.4 roughness 0.012 reflection { 0.02, 0.18 fresnel on } conserve_energy }
      }
      interior { ior 1.4 }
    }
    cone { <0, 0.44, 0>, 0.025, <0.08, 0.72, 0>, 0.035 texture { pigment { srgb <0.34, 0.22, 0.12> } } }
    rotate Tilt translate Place
  }
#end
#macro Orange(Place, Turn)
  union {
    sphere {
      0, 0.58 scale <1, 0.94, 1>
      texture {
        pigment { bozo colour_map { [0 srgb <0.93, 0.50, 0.08>] [1 srgb <0.97, 0.60, 0.14>] } scale 0.3 }
        normal { bumps 0.35 scale 0.035 }
        finish { specular 0.3 roughness 0.03 }
      }
    }
    sphere { y*0.53, 0.06 scale <1, 1, 1> texture { pigment { srgb <0.38, 0.42, 0.16> } } }
    rotate Turn translate Place
  }
#end
#macro Banana(Place, Turn)
  #local Path = spline { natural_spline 0, <-1.25, 0.62, 0> 0.12, <-1.1, 0.38, 0> 0.5, <0, 0, 0> 0.88, <1.05, 0.40, 0> 1, <1.22, 0.62, 0> }
  union {
    #for (I, 0, 79)
      #local T = I/80; #local S = (I + 1)/80;
      #local RA = 0.07 + 0.21*pow(sin(pi*min(1, T*1.0)), 0.45); #local RB = 0.07 + 0.21*pow(sin(pi*S), 0.45);
      cone { Path(T) + <0, 0, 0>, RA, Path(S) + <0, 0, 0>, max(RB, 0.06) }
    #end
    sphere { Path(1) + <0, 0, 0>, 0.07 pigment { srgb <0.25, 0.18, 0.08> } }
    sphere { Path(0) + <0, 0, 0>, 0.08 pigment { srgb <0.30, 0.24, 0.10> } }
    texture {
      pigment { bozo turbulence 0.6 colour_map { [0.7 srgb <0.95, 0.80, 0.22>] [0.82 srgb <0.88, 0.70, 0.18>] [0.9 srgb <0.42, 0.28, 0.10>] } scale <0.5, 0.12, 0.12> }
      finish { Satin }
    }
    rotate Turn translate Place
  }
#end
Apple(<0.72, 0.10, 0.10>, <0.88, 0.62, 0.26>, <-0.85, 1.15, -0.55>, <12, 40, 10>)
Apple(<0.55, 0.66, 0.16>, <0.74, 0.76, 0.30>, <0.30, 1.18, -0.95>, <-14, 0, -8>)
Apple(<0.70, 0.12, 0.12>, <0.90, 0.66, 0.30>, <0.10, 1.85, -0.05>, <-8, 0, 14>)
Orange(<1.05, 1.18, -0.15>, <20, 0, -30>)
Orange(<-0.35, 1.20, 0.75>, <0, 0, 20>)
Orange(<0.75, 1.20, 0.85>, <0, 0, 20>)
Apple(<0.72, 0.10, 0.10>, <0.88, 0.62, 0.26>, <-1.05, 1.2, 0.45>, <0, 70, 16>)
Banana(<-0.45, 1.62, 0.75>, <-25, 18, 6>)
Banana(<-0.35, 1.72, 1.1>, <-10, 10, 4>)
Apple(<0.72, 0.14, 0.10>, <0.90, 0.66, 0.24>, <2.6, 0.54, -0.85>, <6, 0, -12>)
// An orange cut in half.
union {
  difference { sphere { 0, 0.58 } box { <-1, 0, -1>, <1, 1, 1> } texture { pigment { srgb <0.95, 0.54, 0.10> } normal { bumps 0.3 scale 0.035 } } }
  cylinder { 0, y*0.004, 0.575 texture { pigment { srgb <0.97, 0.90, 0.74> } } }
  cylinder {
    0, y*0.008, 0.50
    texture {
      pigment { radial frequency 10 colour_map { [0 srgb <0.98, 0.90, 0.72>] [0.08 srgb <0.96, 0.62, 0.16>] [0.5 srgb <0.93, 0.52, 0.10>] [0.92 srgb <0.96, 0.62, 0.16>] [1 srgb <0.98, 0.90, 0.72>] } }
      normal { bumps 0.3 scale 0.05 }
      finish { specular 0.4 roughness 0.01 }
    }
  }
  rotate <-52, 24, 0> translate <-2.45, 0.5, -1.15>
}
plane {
  y, 0
  texture {
    pigment {
      average pigment_map {
        [1 gradient x colour_map { [0.5 srgb <0.96, 0.94, 0.90>] [0.5 srgb <0.70, 0.22, 0.20>] } scale 0.95]
        [1 gradient z colour_map { [0.5 srgb <0.96, 0.94, 0.90>] [0.5 srgb <0.70, 0.22, 0.20>] } scale 0.95]
      }
      rotate y*31
    }
    normal { function { 0.5 + 0.5*sin(x*70)*sin(z*70) } 0.025 rotate y*31 }
  }
}
plane {
  -z, -3.6
  texture {
    pigment { brick pigment { srgb <0.80, 0.80, 0.77> }, pigment { bozo colour_map { [0.2 srgb <0.60, 0.74, 0.74>] [0.8 srgb <0.74, 0.84, 0.82>] } scale <1.2, 0.6, 1> } brick_size <1.4, 0.7, 40> mortar 0.04 translate -z*7 }
    finish { diffuse 0.7 specular 0.3 roughness 0.01 reflection { 0.01, 0.08 } }
  }
}
