// A plain celadon vase on plain white.
#include "studio.inc"

camera { location <0, 2.5, -8.2> look_at <0, 1.45, 0> angle 28 right x*image_width/image_height }
SoftLamp(<-5, 8, -5>, rgb 0.6, 4)
FillLight(<7, 4, -5>, rgb 0.15)
Panel(<-4, 4, -4>, <0, 1, 0>, 1.6, 4, 2.0)
Ambience(<1, 1, 1>*0.9)

difference {
  sor { 11, <0.5, -0.2>, <0.56, 0.0>, <0.58, 0.10>, <0.72, 0.40>, <1.02, 1.10>, <1.05, 1.65>, <0.74, 2.15>, <0.36, 2.45>, <0.33, 2.72>, <0.46, 2.95>, <0.52, 3.1> sturm }
  cone { y*2.6, 0.16, y*3.0, 0.43 }
  texture {
    pigment { bozo turbulence 0.3 colour_map { [0 srgb <0.58, 0.70, 0.62>] [1 srgb <0.66, 0.77, 0.69>] } scale 0.8 }
    normal { crackle 0.02 scale 0.25 }
    finish { Glazed }
  }
  interior { ior 1.5 }
}
torus { 0.575, 0.03 translate y*0.03 texture { pigment { srgb <0.48, 0.38, 0.30> } } }
WhiteSweep(0)
