// A wooden chair with a woven seat in a bright room.
#include "studio.inc"

camera { location <-3.9, 3.0, -7.4> look_at <0.15, 1.5, 0.2> angle 34 right x*image_width/image_height }
SoftLamp(<-8, 8, -3>, rgb <1.0, 0.95, 0.86>*0.95, 3)
FillLight(<6, 4, -6>, rgb <0.8, 0.88, 1.0>*0.15)
Ambience(<1.0, 1.0, 1.0>*0.8)

#macro Beam(A, B, RA, RB) union { cone { A, RA, B, RB } sphere { A, RA } sphere { B, RB } } #end
#macro Ash(Seed) Wood(srgb <0.82, 0.62, 0.40>, srgb <0.60, 0.38, 0.20>, Seed) #end
// The grain runs along each piece: uprights lie down to be painted.
#declare Uprights = union {
  #for (S, -1, 1, 2)
    object { Beam(<S*0.88, 0.06, -0.80>, <S*0.84, 1.62, -0.76>, 0.075, 0.10) }
    object { Beam(<S*0.86, 0.06, 0.92>, <S*0.76, 1.62, 0.76>, 0.075, 0.10) }
    object { Beam(<S*0.76, 1.62, 0.76>, <S*0.82, 3.30, 1.12>, 0.10, 0.07) }
  #end
  rotate z*90
  Ash(3)
  rotate -z*90
}
#declare Sides = union {
  #for (S, -1, 1, 2)
    object { Beam(<S*0.87, 0.62, -0.79>, <S*0.84, 0.72, 0.86>, 0.05, 0.05) }
    object { Beam(<S*0.84, 1.48, -0.76>, <S*0.76, 1.48, 0.76>, 0.07, 0.07) }
  #end
  rotate y*90
  Ash(4)
  rotate -y*90
}
#declare Rungs = union {
  object { Beam(<-0.86, 0.86, -0.78>, <0.86, 0.86, -0.78>, 0.05, 0.05) }
  object { Beam(<-0.82, 0.92, 0.84>, <0.82, 0.92, 0.84>, 0.05, 0.05) }
  object { Beam(<-0.84, 1.48, -0.76>, <0.84, 1.48, -0.76>, 0.07, 0.07) }
  object { Beam(<-0.76, 1.48, 0.76>, <0.76, 1.48, 0.76>, 0.07, 0.07) }
  // Three curved rails.
  #for (I, 0, 2)
    intersection {
      difference { cylinder { 0, y*0.30, 2.0 } cylinder { -y, y, 1.93 } }
      box { <-0.79, -1, 0>, <0.79, 1, 3> }
      rotate x*12 translate <0, 2.02 + 0.44*I, -1.01 + 0.095*I>
    }
  #end
  Ash(5)
}
union { object { Uprights } object { Sides } object { Rungs } rotate y*-24 interior { ior 1.5 } }
// Seat of cord, in four triangles.
union {
  #for (I, 0, 3)
    prism {
      1.50, 1.60, 4, <0, 0>, <0.9, -0.82>, <-0.9, -0.82>, <0, 0>
      texture {
        pigment { gradient z colour_map { [0 srgb <0.52, 0.40, 0.24>] [0.25 srgb <0.84, 0.74, 0.54>] [0.75 srgb <0.86, 0.76, 0.56>] [1 srgb <0.52, 0.40, 0.24>] } scale 0.058 }
        normal { gradient z 0.6 sine_wave scale 0.058 }
      }
      rotate y*I*90
    }
  #end
  translate y*0.02
  rotate y*-24
}
object { Boards(srgb <0.70, 0.54, 0.38>, srgb <0.46, 0.31, 0.19>, 0.75, 7, 18, 4) rotate y*20 }
// Carpet, wall with wainscot, plant in a pot, framed picture.
cylinder {
  0, y*0.03, 2.3
  texture {
    pigment { function { 0.5 + 0.5*cos(16*sqrt(x*x + z*z))*cos(12*atan2(z, x)) } colour_map { [0.3 srgb <0.30, 0.38, 0.44>] [0.5 srgb <0.80, 0.76, 0.68>] [0.8 srgb <0.78, 0.50, 0.36>] } }
    normal { granite 0.3 scale 0.05 }
  }
}
plane { -z, -3.2 texture { pigment { bozo turbulence 0.5 colour_map { [0 srgb <0.64, 0.70, 0.68>] [1 srgb <0.70, 0.75, 0.73>] } scale 2 } normal { granite 0.06 scale 0.4 } } }
union {
  #for (I, -12, 12) object { RoundBox(<I*0.8, 0, 3.12>, <I*0.8 + 0.78, 1.9, 3.25>, 0.02) } #end
  object { RoundBox(<-12, 1.9, 3.0>, <12, 2.05, 3.3>, 0.04) }
  object { RoundBox(<-12, 0, 3.02>, <12, 0.35, 3.3>, 0.04) }
  texture { pigment { srgb <0.90, 0.89, 0.85> } finish { Satin } }
}
union {
  difference {
    box { <-0.8, -1, -0.06>, <0.8, 1, 0.06> } box { <-0.7, -0.9, -1>, <0.7, 0.9, -0.02> }
    texture { pigment { srgb <0.12, 0.11, 0.10> } finish { Satin } }
  }
  box { <-0.7, -0.9, -0.03>, <0.7, 0.9, 0> texture { pigment { srgb <0.94, 0.92, 0.87> } } }
  #for (I, 0, 4) cylinder { <0.1*(I - 2), -0.35 + 0.2*I, -0.035 - 0.001*I>, <0.1*(I - 2), -0.35 + 0.2*I, -0.03>, 0.34 - 0.05*I texture { pigment { srgb <0.85 - 0.14*I, 0.42 + 0.05*I, 0.28 + 0.09*I> } } } #end
  translate <-0.75, 3.35, 3.15>
}
#declare R = seed(5);
union {
  sor { 6, <0.3, -0.2>, <0.42, 0.0>, <0.55, 0.4>, <0.62, 0.95>, <0.60, 1.0>, <0.5, 1.1> texture { pigment { srgb <0.74, 0.42, 0.28> } finish { Satin } } }
  #for (I, 0, 34)
    #local A = rand(R)*360; #local L = 1.2 + 1.3*rand(R); #local B = 12 + 50*rand(R);
    sphere {
      0, 1 scale <0.045, L/2, 0.15> translate y*L/2 rotate x*B rotate y*A translate y*0.95
      texture { pigment { gradient x colour_map { [0 srgb <0.16, 0.36, 0.18>] [0.5 srgb <0.35, 0.55, 0.28>] [1 srgb <0.16, 0.36, 0.18>] } scale 0.06 } finish { Satin } }
    }
  #end
  translate <2.35, 0, 1.6>
}
