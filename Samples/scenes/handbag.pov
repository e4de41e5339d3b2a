// A leather handbag on a shelf, before a wall with a printed paper.
#include "studio.inc"

camera { location <-2.3, 2.6, -7.6> look_at <0.05, 1.35, 0> angle 33 right x*image_width/image_height }
SoftLamp(<-5, 8, -6>, rgb <1.0, 0.96, 0.90>*0.85, 3)
FillLight(<7, 3, -5>, rgb <0.8, 0.88, 1.0>*0.2)
Panel(<-5, 4, -6>, <0, 1, 0>, 2, 4, 2)
Ambience(<1, 0.98, 0.95>*0.8)

#declare Hide = Leather(srgb <0.62, 0.22, 0.13>)
#declare Thread = texture { pigment { srgb <0.93, 0.80, 0.60> } }
#declare Body = superellipsoid { <0.16, 0.28> rotate x*90 scale <1.55, 1.0, 0.55> translate y*1.02 }
union {
  object { Body texture { Hide } }
  // The flap, a little larger than the body, with a curved edge.
  intersection {
    object { Body scale <1.02, 1.012, 1.07> }
    union {
      cylinder { <0, 2.75, -2>, <0, 2.75, 0.3>, 2.02 }
      box { <-2, 1.9, -2>, <2, 3, 2> }
    }
    Leather(srgb <0.55, 0.18, 0.10>)
  }
  // Stitches along the flap's edge.
  #for (I, -22, 22)
    #local A = I*1.75;
    cylinder { <-0.018, -1.93, 0>, <0.018, -1.93, 0>, 0.013 rotate z*A translate <0, 2.75, -0.592> texture { Thread } }
  #end
  // Clasp.
  object { RoundBox(<-0.2, 0.60, -0.68>, <0.2, 0.95, -0.56>, 0.05) texture { Brass } }
  cylinder { <0, 0.77, -0.72>, <0, 0.77, -0.6>, 0.085 texture { Brass } }
  torus { 0.12, 0.02 rotate x*90 translate <0, 0.77, -0.68> texture { Brass } }
  // Handle with its rings.
  #declare Path = spline { natural_spline 0, <-0.85, 2.05, 0> 0.2, <-0.82, 2.55, 0> 0.5, <0, 3.05, 0> 0.8, <0.82, 2.55, 0> 1, <0.85, 2.05, 0> }
  object { Tube(Path, 0.075, 0.075, 70) scale <1, 1, 1> texture { Hide } }
  #for (S, -1, 1, 2)
    torus { 0.13, 0.032 rotate x*90 translate <S*0.85, 2.07, 0> texture { Brass } }
    object { RoundBox(<-0.12, 1.90, -0.1>, <0.12, 2.02, 0.1>, 0.04) translate x*S*0.85 texture { Brass } }
    // A tag on one side, feet below.
    object { RoundDisc(0, 0.06, 0.09, 0.02) translate <S*1.2, -0.01, -0.3> texture { Brass } }
  #end
  cylinder { <1.0, 2.0, -0.05>, <1.22, 1.42, -0.66>, 0.018 texture { Hide } }
  object { RoundBox(<1.06, 0.92, -0.70>, <1.40, 1.44, -0.66>, 0.015) Leather(srgb <0.93, 0.74, 0.45>) }
  translate y*0.03
  rotate y*14
}
// Silk scarf rolled beside it, and a small stack of boxes.
object { RoundBox(<1.5, 0, 0.3>, <2.6, 0.55, 1.4>, 0.03) texture { pigment { gradient x+y colour_map { [0.5 srgb <0.90, 0.86, 0.78>] [0.5 srgb <0.24, 0.40, 0.40>] } scale 0.2 } } }
object { RoundBox(<1.65, 0.55, 0.4>, <2.45, 0.95, 1.2>, 0.03) rotate y*3 texture { pigment { srgb <0.86, 0.55, 0.50> } } }
object { Boards(srgb <0.74, 0.60, 0.44>, srgb <0.50, 0.35, 0.22>, 1.4, 11, 6, 2) }
plane {
  -z, -2.4
  texture {
    pigment {
      function {
        0.5 + 4*(0.30 + 0.12*cos(8*atan2(mod(abs(y) + 10, 1) - 0.5, mod(abs(x + 40), 1) - 0.5))
          - sqrt(pow(mod(abs(x + 40), 1) - 0.5, 2) + pow(mod(abs(y) + 10, 1) - 0.5, 2)))
      }
      colour_map { [0.45 srgb <0.78, 0.80, 0.72>] [0.5 srgb <0.45, 0.56, 0.50>] [0.9 srgb <0.50, 0.62, 0.55>] [1 srgb <0.90, 0.84, 0.62>] }
      scale 0.62
    }
    normal { granite 0.03 scale 0.3 }
  }
}
box { <-9, 0, 2.2>, <9, 0.35, 2.45> texture { pigment { srgb <0.90, 0.88, 0.84> } finish { Satin } } }
