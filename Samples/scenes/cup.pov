// A striped stoneware mug of coffee with scattered beans on a linen cloth.
#include "studio.inc"

camera { location <-1.6, 4.4, -5.2> look_at <0.15, 0.45, 0.0> angle 34 right x*image_width/image_height }
SoftLamp(<6, 7, 2>, rgb <1.0, 0.94, 0.84>*1.0, 2.2)
FillLight(<-6, 6, -5>, rgb <0.8, 0.88, 1.0>*0.2)
Panel(<5, 5, 4>, <0, 1, 0>, 3, 3, 2.5)
Ambience(<0.96, 0.97, 1.0>*0.8)

#declare Zigzag = function(x, z) { abs(2*(atan2(z, x)*14/(2*pi) - floor(atan2(z, x)*14/(2*pi))) - 1) }
#declare Stripes = function(x, y, z) { (y + 0.12*Zigzag(x, z))/0.26 }
#declare Stoneware = texture {
  pigment {
    function { Stripes(x, y, z)/5 }
    colour_map {
      [0.18 srgb <0.84, 0.79, 0.70>] [0.18 srgb <0.11, 0.33, 0.38>] [0.36 srgb <0.14, 0.38, 0.42>] [0.36 srgb <0.90, 0.87, 0.80>]
      [0.52 srgb <0.90, 0.87, 0.80>] [0.52 srgb <0.78, 0.36, 0.20>] [0.70 srgb <0.80, 0.38, 0.22>] [0.70 srgb <0.90, 0.87, 0.80>]
      [0.86 srgb <0.90, 0.87, 0.80>] [0.86 srgb <0.11, 0.33, 0.38>] [1 srgb <0.11, 0.33, 0.38>]
    }
  }
  normal { granite 0.03 scale 0.2 }
  finish { Glazed }
}
#declare Handle = spline { natural_spline 0, <0.72, 1.08, 0> 0.25, <1.08, 1.16, 0> 0.5, <1.28, 0.82, 0> 0.75, <1.10, 0.44, 0> 1, <0.70, 0.34, 0> }
union {
  difference {
    sor { 7, <0.3, -0.2>, <0.64, 0.0>, <0.73, 0.08>, <0.77, 0.5>, <0.77, 1.0>, <0.78, 1.34>, <0.78, 1.6> }
    cylinder { y*0.1, y*1.5, 0.71 texture { pigment { srgb <0.90, 0.87, 0.80> } finish { Glazed } } }
    texture { Stoneware }
  }
  torus { 0.745, 0.034 translate y*1.335 texture { pigment { srgb <0.62, 0.40, 0.24> } finish { Glazed } } }
  object { Tube(Handle, 0.115, 0.115, 50) scale <1, 1, 1> texture { pigment { srgb <0.90, 0.87, 0.80> } finish { Glazed } } }
  cylinder {
    y*0.2, y*1.12, 0.715
    texture {
      pigment {
        bozo turbulence 0.6 colour_map { [0.45 srgb <0.22, 0.11, 0.05>] [0.62 srgb <0.36, 0.20, 0.09>] [0.9 srgb <0.60, 0.40, 0.22>] }
        scale <0.35, 1, 0.35>
      }
      finish { Glazed }
    }
  }
  interior { ior 1.5 }
  rotate y*35
}

#declare Bean = difference {
  sphere { 0, 1 scale <0.16, 0.09, 0.115> }
  torus { 0.3, 0.018 rotate x*90 scale <1, 1, 1> translate <0, 0.385, 0> scale <1, 1, 1> }
  texture { pigment { bozo colour_map { [0.2 srgb <0.20, 0.10, 0.05>] [0.8 srgb <0.36, 0.20, 0.11>] } scale 0.1 } finish { specular 0.3 roughness 0.03 } }
}
#declare R = seed(7);
#for (I, 0, 120)
  #local A = rand(R)*2*pi;
  #local D = 1.1 + 2.6*pow(rand(R), 1.6);
  #local P = <D*cos(A)*1.1, 0.07, D*sin(A)>;
  #if (P.x > -2.9 | P.z < 0) object { Bean rotate x*(rand(R)*70 - 35) rotate y*rand(R)*360 translate P } #end
#end

// A little wooden scoop.
union {
  difference { sphere { 0, 0.42 scale <1.15, 0.7, 1> } sphere { 0, 0.37 scale <1.15, 0.7, 1> } box { <-1, 0.02, -1>, <1, 1, 1> } }
  cylinder { <0.42, 0, 0>, <1.75, 0.12, 0>, 0.07 }
  sphere { <1.75, 0.12, 0>, 0.09 }
  Wood(srgb <0.80, 0.62, 0.40>, srgb <0.55, 0.36, 0.20>, 3)
  rotate y*-62 translate <-1.75, 0.3, -0.4>
}
plane { y, 0 Cloth(srgb <0.74, 0.68, 0.58>, 0.05) }
// A folded checked napkin under the mug.
box {
  <-1.9, 0.0, -1.35>, <1.5, 0.03, 1.5>
  texture {
    pigment {
      average pigment_map {
        [1 gradient x colour_map { [0.5 srgb <0.93, 0.91, 0.86>] [0.5 srgb <0.30, 0.38, 0.52>] } scale 0.42]
        [1 gradient z colour_map { [0.5 srgb <0.93, 0.91, 0.86>] [0.5 srgb <0.30, 0.38, 0.52>] } scale 0.42]
      }
    }
    normal { function { 0.5 + 0.5*sin(x*80)*sin(z*80) } 0.02 }
  }
  rotate y*-22
}
