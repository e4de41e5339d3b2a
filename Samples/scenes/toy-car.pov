// A painted wooden toy car among building blocks on a play rug.
#include "studio.inc"

camera { location <-5.2, 2.9, -6.6> look_at <0.15, 0.95, 0> angle 35 right x*image_width/image_height }
SoftLamp(<-3, 9, -6>, rgb <1.0, 0.96, 0.90>*0.9, 3)
FillLight(<7, 4, 0>, rgb <0.8, 0.88, 1.0>*0.2)
Panel(<-6, 6, -4>, <0, 1, 0>, 3, 3, 2)
Ambience(<1, 1, 1>*0.8)

#macro Paint(Tint) texture { pigment { srgb Tint } finish { diffuse 0.75 specular 0.5 roughness 0.008 reflection { 0.02, 0.25 fresnel on } conserve_energy } } #end
#declare Wheel = union {
  difference {
    object { RoundDisc(-0.16, 0.16, 0.46, 0.07) }
    cylinder { -y, -y*0.1, 0.27 }
    cylinder { y, y*0.1, 0.27 }
    Paint(<0.10, 0.11, 0.13>)
  }
  object { RoundDisc(-0.125, 0.125, 0.28, 0.04) Wood(srgb <0.88, 0.72, 0.50>, srgb <0.68, 0.48, 0.28>, 4) }
  sphere { y*0.12, 0.075 Paint(<0.85, 0.16, 0.12>) }
  sphere { -y*0.12, 0.075 Paint(<0.85, 0.16, 0.12>) }
  interior { ior 1.5 }
  rotate x*90
}
#declare Profile = prism {
  bezier_spline -0.62, 0.62, 36,
  <-1.75, 0.40>, <-1.75, 0.7>, <-1.72, 0.95>, <-1.55, 1.02>,
  <-1.55, 1.02>, <-1.25, 1.1>, <-1.05, 1.1>, <-0.92, 1.15>,
  <-0.92, 1.15>, <-0.75, 1.6>, <-0.55, 1.85>, <-0.2, 1.85>,
  <-0.2, 1.85>, <0.3, 1.87>, <0.5, 1.85>, <0.62, 1.78>,
  <0.62, 1.78>, <0.9, 1.6>, <1.0, 1.3>, <1.1, 1.13>,
  <1.1, 1.13>, <1.4, 1.1>, <1.75, 1.05>, <1.78, 0.8>,
  <1.78, 0.8>, <1.8, 0.6>, <1.78, 0.45>, <1.75, 0.40>,
  <1.75, 0.40>, <0.6, 0.40>, <-0.6, 0.40>, <-1.75, 0.40>,
  <-1.75, 0.40>, <-1.75, 0.40>, <-1.75, 0.40>, <-1.75, 0.40>
  rotate -x*90
}
#declare Window = union {
  prism { linear_spline -1, 1, 5, <-0.66, 1.2>, <-0.08, 1.2>, <-0.08, 1.66>, <-0.38, 1.66>, <-0.66, 1.2> rotate -x*90 }
  prism { linear_spline -1, 1, 5, <0.06, 1.2>, <0.78, 1.2>, <0.52, 1.66>, <0.06, 1.66>, <0.06, 1.2> rotate -x*90 }
}
union {
  difference {
    object { Profile Paint(<0.83, 0.15, 0.11>) }
    object { Window Paint(<0.93, 0.86, 0.72>) }
    box { <-1.2, 1.27, -0.46>, <-0.32, 1.66, 0.46> Paint(<0.93, 0.86, 0.72>) }
    cylinder { <-1.0, 0.42, -1>, <-1.0, 0.42, 1>, 0.53 }
    cylinder { <1.0, 0.42, -1>, <1.0, 0.42, 1>, 0.53 }
    interior { ior 1.5 }
  }
  intersection {
    object { Profile translate -y*1.1 scale 0.985 translate y*1.1 }
    box { <-1.2, 1.16, -2>, <1.05, 1.7, 2> }
    Paint(<0.62, 0.82, 0.90>)
  }
  #for (I, 0, 1) #for (J, -1, 1, 2) object { Wheel rotate z*(I*33) translate <I*2 - 1, 0.46, J*0.6> } #end #end
  object { RoundBox(<-1.55, 0.42, -0.5>, <1.55, 0.7, 0.5>, 0.05) Paint(<0.2, 0.2, 0.22>) }
  box { <-1.71, 0.78, -0.625>, <1.74, 0.86, 0.625> Paint(<0.96, 0.90, 0.78>) scale <0.999, 1, 1> }
  #for (J, -1, 1, 2)
    cylinder { <-1.78, 0.82, J*0.36>, <-1.6, 0.82, J*0.36>, 0.14 Paint(<0.98, 0.86, 0.40>) }
  #end
  object { RoundBox(<-1.92, 0.42, -0.6>, <-1.72, 0.56, 0.6>, 0.06) Paint(<0.85, 0.86, 0.88>) }
  object { RoundBox(<1.72, 0.42, -0.6>, <1.90, 0.56, 0.6>, 0.06) Paint(<0.85, 0.86, 0.88>) }
  rotate y*-14
}
// Blocks with letters.
#macro Block(Letter, Tint, Place, Turn)
  union {
    object { RoundBox(<-0.5, 0, -0.5>, <0.5, 1, 0.5>, 0.06) Wood(srgb <0.90, 0.74, 0.52>, srgb <0.74, 0.54, 0.32>, Turn/9) }
    #for (I, 0, 3)
      difference {
        box { <-0.42, 0.08, -0.508>, <0.42, 0.92, -0.49> }
        box { <-0.36, 0.14, -0.52>, <0.36, 0.86, -0.4> }
        rotate y*I*90 Paint(Tint)
      }
      text { internal 1 Letter 0.02, 0 scale <0.72, 0.72, 1> translate <-0.24, 0.25, -0.51> rotate y*I*90 Paint(Tint) }
    #end
    difference { box { <-0.42, 0.99, -0.42>, <0.42, 1.006, 0.42> } box { <-0.36, 0.9, -0.36>, <0.36, 1.1, 0.36> } Paint(Tint) }
    interior { ior 1.5 }
    rotate y*Turn translate Place
  }
#end
Block("A", <0.16, 0.36, 0.66>, <2.1, 0, 1.9>, 12)
Block("B", <0.90, 0.58, 0.10>, <0.85, 0, 2.3>, -20)
Block("C", <0.22, 0.52, 0.30>, <1.5, 1.006, 2.05>, 28)
Block("R", <0.70, 0.20, 0.40>, <-1.9, 0, 1.9>, 33)
sphere { <2.75, 0.45, -0.55>, 0.45 texture { pigment { gradient y colour_map { [0.5 srgb <0.95, 0.75, 0.18>] [0.5 srgb <0.20, 0.45, 0.75>] } scale 0.3 rotate <30, 0, 20> } finish { Glazed } } interior { ior 1.5 } }
// Floor, wall and skirting board of the nursery.
object { Boards(srgb <0.80, 0.66, 0.48>, srgb <0.56, 0.40, 0.26>, 1.1, 12, 16, 3) translate -y*0.05 interior { ior 1.5 } }
plane { -z, -6.4 texture { pigment { gradient x colour_map { [0.5 srgb <0.93, 0.90, 0.82>] [0.5 srgb <0.78, 0.84, 0.84>] } scale 0.9 } } }
object { RoundBox(<-20, -0.1, 6.1>, <20, 0.8, 6.5>, 0.08) texture { pigment { srgb <0.95, 0.94, 0.90> } finish { Satin } } }

// A woven rug in zigzag stripes.
box {
  <-7, -0.05, -8>, <7, 0, 4.2>
  texture {
    pigment {
      function { mod(abs(abs(2*(x - floor(x)) - 1) + 0.9*z + 40), 3)/3 }
      colour_map {
        [0.12 srgb <0.86, 0.82, 0.74>] [0.12 srgb <0.25, 0.42, 0.50>] [0.34 srgb <0.25, 0.42, 0.50>] [0.34 srgb <0.88, 0.84, 0.76>] [0.46 srgb <0.88, 0.84, 0.76>]
        [0.46 srgb <0.82, 0.56, 0.34>] [0.62 srgb <0.82, 0.56, 0.34>] [0.62 srgb <0.86, 0.82, 0.74>] [0.78 srgb <0.86, 0.82, 0.74>] [0.78 srgb <0.48, 0.56, 0.48>] [1 srgb <0.48, 0.56, 0.48>]
      }
      scale 1.1 rotate y*24
    }
    normal { function { 0.5 + 0.5*sin(x*60)*sin(z*60) } 0.06 rotate y*24 }
  }
}
