// A lit brass table lamp on a chest of drawers in the evening.
#include "studio.inc"

camera { location <-1.2, 3.2, -9.5> look_at <0, 2.0, 0> angle 33 right x*image_width/image_height }
light_source { <0.0, 3.35, 0.0>, rgb <1.0, 0.72, 0.42>*1.9 fade_distance 2.2 fade_power 2 area_light x*0.5, z*0.5, 3, 3 adaptive 0 jitter circular orient }
SoftLamp(<-6, 7, -8>, rgb <0.80, 0.86, 1.0>*0.34, 4)
FillLight(<0, 3, -9>, rgb <1.0, 0.8, 0.6>*0.10)
Panel(<-5, 3, -7>, <0, 1, 0>, 1.6, 4, 1.4)
Ambience(<0.9, 0.9, 1.0>*0.55)

// Base: turned brass.
union {
  sor { 10, <0.6, -0.1>, <0.66, 0.0>, <0.68, 0.08>, <0.30, 0.24>, <0.16, 0.46>, <0.42, 0.92>, <0.40, 1.30>, <0.14, 1.72>, <0.09, 1.95>, <0.08, 2.3> }
  cylinder { y*1.9, y*2.9, 0.05 }
  torus { 0.17, 0.05 translate y*0.45 }
  torus { 0.16, 0.04 translate y*1.68 }
  texture { Brass }
}
// Pleated shade, glowing from inside.
difference {
  cone { y*2.45, 1.25, y*3.95, 0.78 }
  cone { y*2.44, 1.23, y*3.96, 0.76 }
  texture {
    pigment { radial frequency 64 colour_map { [0 srgb <0.98, 0.86, 0.66>] [0.5 srgb <0.86, 0.70, 0.48>] [1 srgb <0.98, 0.86, 0.66>] } }
    normal { radial 0.6 frequency 64 sine_wave }
    finish { diffuse 0.6 emission rgb <0.62, 0.45, 0.26> }
  }
}
#for (I, 0, 1) torus { 1.24 - 0.47*I, 0.03 translate y*(2.45 + 1.5*I) texture { pigment { srgb <0.55, 0.30, 0.16> } } } #end
sphere { y*3.1, 0.2 texture { pigment { rgb 1 } finish { emission 1.6 diffuse 0 } } no_shadow }

// Books, a clock-like dish and a framed print.
#declare R = seed(3);
#declare H = 0;
#for (I, 0, 3)
  #local T = 0.18 + 0.1*rand(R);
  object {
    RoundBox(<-0.85, H, -0.6>, <0.85, H + T, 0.6>, 0.03)
    texture { pigment { srgb <0.25 + 0.5*rand(R), 0.2 + 0.3*rand(R), 0.2 + 0.25*rand(R)> } finish { Satin } }
    rotate y*(rand(R)*24 - 12) translate <-2.15, 0, -0.2>
  }
  #declare H = H + T;
#end
union {
  sphere { 0, 0.42 scale <1, 0.85, 1> translate y*(H + 0.36) }
  cylinder { y*(H + 0.6), y*(H + 0.8), 0.14 }
  texture { pigment { agate colour_map { [0 srgb <0.10, 0.26, 0.33>] [0.6 srgb <0.20, 0.45, 0.50>] [1 srgb <0.70, 0.82, 0.78>] } scale 0.8 } finish { Glazed } }
  interior { ior 1.5 } translate <-2.15, 0, -0.2>
}
union {
  difference { box { <-0.85, 0, -0.06>, <0.85, 2.2, 0.06> } box { <-0.72, 0.13, -0.1>, <0.72, 2.07, -0.02> } Wood(srgb <0.35, 0.22, 0.13>, srgb <0.18, 0.10, 0.06>, 2) }
  box {
    <-0.72, 0.13, -0.03>, <0.72, 2.07, 0>
    texture {
      pigment { wrinkles turbulence 0.7 colour_map { [0 srgb <0.92, 0.88, 0.80>] [0.45 srgb <0.90, 0.72, 0.50>] [0.5 srgb <0.30, 0.42, 0.50>] [0.75 srgb <0.16, 0.24, 0.36>] [1 srgb <0.92, 0.88, 0.80>] } scale <0.9, 0.6, 1> }
    }
  }
  rotate x*9 translate <2.2, 0, 0.75>
}

// The chest: top, two drawers with knobs.
object { RoundBox(<-4.2, -0.22, -1.5>, <4.2, 0, 1.4>, 0.05) Wood(srgb <0.52, 0.30, 0.17>, srgb <0.26, 0.13, 0.07>, 5) interior { ior 1.5 } }
object { RoundBox(<-4, -4, -1.35>, <4, -0.2, 1.3>, 0.03) Wood(srgb <0.46, 0.26, 0.15>, srgb <0.24, 0.12, 0.06>, 8) interior { ior 1.5 } }
#for (S, -1, 1, 2)
  object { RoundBox(<-1.9, -1.6, -1.43>, <1.9, -0.34, -1.3>, 0.03) Wood(srgb <0.52, 0.30, 0.17>, srgb <0.28, 0.14, 0.08>, 6 + S) translate x*S*1.98 interior { ior 1.5 } }
  sphere { <S*1.98, -0.95, -1.56>, 0.14 texture { Brass } }
#end
// Damask paper.
plane {
  -z, -1.6
  texture {
    pigment {
      function { 0.5 + 0.5*sin(x*5 + 1.6*sin(y*5))*sin(y*2.5)*cos(x*2.5 + 0.9*sin(y*7.5)) }
      colour_map { [0.44 srgb <0.36, 0.45, 0.50>] [0.48 srgb <0.50, 0.60, 0.62>] [0.8 srgb <0.52, 0.62, 0.64>] [0.84 srgb <0.78, 0.72, 0.55>] }
      scale 0.6
    }
    finish { Satin }
  }
}
