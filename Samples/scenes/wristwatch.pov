// A wristwatch with a leather strap, lying on green marble.
#include "studio.inc"

camera { location <1.4, 8.2, -4.2> look_at <0, 0.2, -0.05> angle 30 right x*image_width/image_height }
SoftLamp(<-5, 9, 3>, rgb <1.0, 0.96, 0.90>*0.85, 3)
FillLight(<6, 8, -3>, rgb <0.8, 0.88, 1.0>*0.2)
Panel(<-4, 6, 6>, <0, 0, 0>, 5, 2, 1.6)
Panel(<5, 6, 1>, <0, 0, 0>, 1.5, 4, 1.2)
Ambience(<0.95, 0.97, 1.0>*0.7)

#declare Gilt = texture { pigment { srgb <0.86, 0.66, 0.42> } finish { Polished } }
#declare Ink = texture { pigment { srgb <0.08, 0.10, 0.16> } finish { Satin } }
#declare Dial = texture {
  pigment { radial frequency 60 colour_map { [0 srgb <0.92, 0.91, 0.87>] [0.5 srgb <0.97, 0.96, 0.93>] [1 srgb <0.92, 0.91, 0.87>] } }
  finish { diffuse 0.8 specular 0.2 roughness 0.02 }
}

// Case, bezel, crown and lugs.
union {
  object { RoundDisc(0.02, 0.34, 1.12, 0.08) }
  difference { RoundDisc(0.30, 0.46, 1.10, 0.06) cylinder { y*0.28, y*0.6, 0.96 } }
  union { #for (I, 0, 19) cylinder { <0, 0.2, 0.105>, <0.2, 0.2, 0.105>, 0.022 translate -y*0.2 rotate x*I*18 translate y*0.2 } #end
    cylinder { <0, 0.2, 0>, <0.19, 0.2, 0>, 0.105 } translate x*1.13 }
  #for (I, 0, 3)
    object { RoundBox(<-0.09, 0.05, 0>, <0.09, 0.27, 0.72>, 0.06) rotate x*9 translate <0.56 - 1.12*mod(I, 2), 0, 0.72> rotate y*(180*(I > 1)) }
  #end
  texture { Gilt }
}
cylinder { y*0.30, y*0.36, 0.97 texture { Dial } }
// Hours, minutes, name, small seconds.
#for (I, 0, 59)
  #if (mod(I, 5) = 0)
    object { RoundBox(<-0.028, 0, 0.66>, <0.028, 0.035, 0.86>, 0.012) rotate y*I*6 translate y*0.36 texture { Gilt } }
  #else
    box { <-0.006, 0, 0.83>, <0.006, 0.004, 0.89> rotate y*I*6 translate y*0.36 texture { Ink } }
  #end
#end
#declare Name = text { internal 1 "MERIDIAN" 0.02, 0.02 scale 0.15 rotate x*90 texture { Ink } }
object { Name translate <-(max_extent(Name).x)/2, 0.365, 0.34> }
torus { 0.24, 0.012 scale <1, 0.4, 1> translate <0, 0.362, -0.44> texture { Gilt } }
#for (I, 0, 11) box { <-0.008, 0, 0.17>, <0.008, 0.004, 0.215> rotate y*I*30 translate <0, 0.361, -0.44> texture { Ink } } #end
box { <-0.01, 0, -0.06>, <0.01, 0.012, 0.18> rotate y*200 translate <0, 0.365, -0.44> texture { Ink } }
#macro Hand(Length, Width, Angle, Height)
  prism { 0, 0.02, 5, <0, -0.16>, <Width, 0.05>, <0, Length>, <-Width, 0.05>, <0, -0.16> rotate y*Angle translate y*Height texture { Gilt } }
#end
Hand(0.50, 0.055, -54, 0.38)
Hand(0.80, 0.042, 60, 0.405)
cylinder { y*0.37, y*0.44, 0.045 texture { Gilt } }
// Crystal: thin, so that the dial stays clear.
cylinder {
  y*0.46, y*0.462, 0.98
  texture { pigment { rgbf <1, 1, 1, 0.97> } finish { diffuse 0 specular 0.4 roughness 0.002 reflection 0.04 } }
  no_shadow
}

// Straps with rounded ends, stitching and holes.
#declare Strap = difference {
  union {
    object { RoundBox(<-0.46, 0.04, 0.95>, <0.46, 0.2, 3.3>, 0.07) }
    object { RoundDisc(0.04, 0.2, 0.46, 0.07) translate z*3.28 }
  }
  #for (I, 0, 5) cylinder { <0, -1, 2.1 + 0.24*I>, <0, 1, 2.1 + 0.24*I>, 0.045 } #end
  Leather(srgb <0.36, 0.17, 0.09>)
}
#declare Stitches = union {
  #for (I, 0, 30) #for (S, -1, 1, 2)
    cylinder { <S*0.38, 0.205, 1.15 + I*0.072>, <S*0.38, 0.205, 1.19 + I*0.072>, 0.013 }
  #end #end
  texture { pigment { srgb <0.88, 0.80, 0.66> } }
}
union { object { Strap } object { Stitches } }
union { object { Strap } object { Stitches } rotate y*180 }
// Buckle.
difference {
  object { RoundBox(<-0.62, 0.02, -3.95>, <0.62, 0.26, -3.25>, 0.08) }
  box { <-0.48, -1, -3.82>, <0.48, 1, -3.38> }
  texture { Gilt }
}
plane {
  y, 0
  Marble(srgb <0.16, 0.30, 0.26>, srgb <0.70, 0.80, 0.74>)
  interior { ior 1.25 } scale 1.6 rotate y*20
}
