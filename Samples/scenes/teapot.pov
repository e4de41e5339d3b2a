// A blue-and-white teapot with two bowls on a wooden table, before a brick wall.
#include "studio.inc"

camera { location <0.5, 3.1, -7.2> look_at <0.1, 0.95, 0> angle 40 right x*image_width/image_height }
SoftLamp(<-6, 8, -5>, rgb <1.0, 0.95, 0.88>*0.85, 3)
FillLight(<7, 4, -4>, rgb <0.75, 0.85, 1.0>*0.22)
Panel(<-5, 5, -5>, <0, 1, 0>, 2.2, 3, 2.2)
Ambience(<0.95, 0.97, 1.0>*0.75)

// Where the glaze is blue: petals at the foot, a row of flowers on a scroll, rings above.
#macro Painted(Count, Low, Span)
  #local Turn = function(x, z) { atan2(z, x)*Count/(2*pi) }
  #local U = function(x, z) { Turn(x, z) - floor(Turn(x, z)) - 0.5 }
  #local V = function(y) { (y - Low)/Span - 0.55 }
  #local Flower = function(u, v) { 0.27 + 0.085*cos(6*atan2(v, u)) - sqrt(u*u + v*v) }
  #local Heart = function(u, v) { sqrt(u*u + v*v) - 0.11 }
  #local Scroll = function(u, v) { 0.028 - abs(abs(v) - 0.40 - 0.05*cos(u*4*pi)) }
  #local Petal = function(u, v) { 0.20*pow(abs(cos(u*3*pi)), 0.7) - abs(v + 0.75) }
  #local Ring = function(v) { 0.03 - abs(v - 0.66) }
  pigment {
    function { max(min(Flower(U(x, z), V(y)), Heart(U(x, z), V(y))), Scroll(U(x, z), V(y)), Petal(U(x, z), V(y)), Ring(V(y)))*6 + 0.5 }
    colour_map { [0.47 srgb <0.95, 0.95, 0.93>] [0.53 srgb <0.16, 0.27, 0.60>] [1 srgb <0.07, 0.13, 0.42>] }
  }
#end

#declare White = texture { pigment { srgb <0.95, 0.95, 0.93> } finish { Glazed } }
#declare Blue = texture { pigment { srgb <0.10, 0.18, 0.48> } finish { Glazed } }

#declare SpoutPath = spline { natural_spline 0, <0.85, 0.55, 0> 0.35, <1.28, 0.72, 0> 0.7, <1.50, 1.15, 0> 1, <1.80, 1.50, 0> }
#declare HandlePath = spline {
  natural_spline 0, <-0.72, 1.42, 0> 0.2, <-1.25, 1.62, 0> 0.45, <-1.70, 1.25, 0> 0.7, <-1.52, 0.70, 0> 1, <-0.92, 0.42, 0>
}
#declare Teapot = union {
  sor {
    8, <0.2, -0.1>, <0.66, 0.02>, <0.76, 0.10>, <1.08, 0.48>, <1.16, 0.90>, <0.98, 1.32>, <0.54, 1.60>, <0.3, 1.7>
    texture { Painted(6, 0.12, 1.25) finish { Glazed } }
  }
  cylinder { 0, y*0.06, 0.66 texture { Blue } }
  torus { 0.66, 0.035 translate y*0.035 texture { Blue } }
  sor {
    7, <0.5, 1.5>, <0.56, 1.58>, <0.57, 1.63>, <0.42, 1.76>, <0.20, 1.83>, <0.02, 1.86>, <0.0, 1.90>
    texture { Painted(8, 1.45, 0.28) finish { Glazed } }
  }
  cylinder { y*1.80, y*1.93, 0.07 texture { White } }
  sphere { 0, 0.15 scale <1, 0.85, 1> translate y*2.0 texture { Blue } }
  difference {
    Tube(SpoutPath, 0.30, 0.13, 60)
    cylinder { <1.62, 1.30, 0>, <1.97, 1.70, 0>, 0.085 }
    texture { White }
  }
  object { Tube(HandlePath, 0.11, 0.10, 60) texture { White } }
}
#declare Bowl = union {
  difference {
    sor { 6, <0.2, -0.2>, <0.25, 0.0>, <0.27, 0.10>, <0.47, 0.30>, <0.58, 0.62>, <0.62, 0.9> }
    sor { 6, <0.01, 0.0>, <0.02, 0.12>, <0.24, 0.16>, <0.44, 0.32>, <0.56, 0.63>, <0.61, 0.9> open }
    texture { Painted(5, 0.05, 0.55) finish { Glazed } }
  }
  cylinder { y*0.36, y*0.40, 0.49 texture { pigment { srgb <0.55, 0.33, 0.10> } finish { Glazed } } }
}

object { Teapot interior { ior 1.5 } rotate y*18 translate <-0.25, 0, 0.3> }
object { Bowl interior { ior 1.5 } translate <1.75, 0, -0.9> }
object { Bowl interior { ior 1.5 } rotate y*40 translate <-1.85, 0, -1.15> }

object { Boards(srgb <0.56, 0.37, 0.22>, srgb <0.27, 0.15, 0.08>, 0.95, 9, 9, 3) rotate y*4 }
plane {
  -z, -3.4
  texture {
    pigment {
      brick pigment { bozo colour_map { [0.2 srgb <0.55, 0.50, 0.46>] [0.8 srgb <0.66, 0.62, 0.58>] } scale 0.1 },
      pigment { bozo turbulence 0.8 colour_map { [0.1 srgb <0.42, 0.19, 0.13>] [0.5 srgb <0.60, 0.30, 0.20>] [0.9 srgb <0.70, 0.42, 0.30>] } scale <0.9, 0.3, 1> }
      brick_size <1.15, 0.42, 0.6> mortar 0.055
    }
    normal { brick normal { granite 0.3 scale 0.4 }, normal { granite 0.25 scale 0.6 } brick_size <1.15, 0.42, 0.6> mortar 0.055 }
    translate <0.3, 0.1, -0.2>
  }
}
