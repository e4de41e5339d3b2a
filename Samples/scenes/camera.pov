// A rangefinder camera with its strap on a chart, with film cans and a notebook.
#include "studio.inc"

camera { location <2.6, 2.9, -7.2> look_at <0.05, 0.85, -0.15> angle 37 right x*image_width/image_height }
SoftLamp(<-5, 8, -5>, rgb <1.0, 0.96, 0.90>*0.9, 3)
FillLight(<7, 4, -4>, rgb <0.8, 0.88, 1.0>*0.2)
Panel(<-4, 5, -5>, <0, 1, 0>, 3, 2.4, 2.2)
Panel(<6, 3, -4>, <0, 1, 0>, 1.2, 4, 1.4)
Ambience(<1, 1, 1>*0.7)

#declare Skin = texture { pigment { srgb <0.11, 0.10, 0.10> } normal { crackle 0.6 scale 0.045 } finish { diffuse 0.7 specular 0.3 roughness 0.04 } }
#declare Black = texture { pigment { srgb <0.06, 0.06, 0.07> } finish { diffuse 0.6 specular 0.5 roughness 0.02 reflection 0.03 } }
#macro Knurled(Radius, Low, High, Teeth)
  union {
    object { RoundDisc(Low, High, Radius, 0.03) }
    #for (I, 0, Teeth - 1) cylinder { <Radius, Low + 0.03, 0>, <Radius, High - 0.03, 0>, Radius*2.2/Teeth rotate y*I*360/Teeth } #end
  }
#end
union {
  // Body: leather between two metal plates.
  object { RoundBox(<-1.72, 0.10, -0.40>, <1.72, 1.26, 0.40>, 0.20) scale <1, 1, 1> texture { Skin } }
  object { RoundBox(<-1.73, 0.0, -0.41>, <1.73, 0.24, 0.41>, 0.10) texture { SatinSteel } }
  object { RoundBox(<-1.73, 1.14, -0.41>, <1.73, 1.52, 0.41>, 0.10) texture { SatinSteel } }
  object { RoundBox(<-0.75, 1.42, -0.40>, <0.75, 1.76, 0.38>, 0.10) texture { SatinSteel } }
  object { RoundBox(<-0.25, 1.74, -0.16>, <0.25, 1.81, 0.26>, 0.02) texture { Steel } }
  // Windows of viewfinder and rangefinder.
  #for (I, 0, 2)
    #local X = -1.25 + 1.15*I;
    difference {
      object { RoundBox(<X - 0.24, 1.20, -0.45>, <X + 0.24, 1.46, -0.38>, 0.03) }
      box { <X - 0.17, 1.25, -1>, <X + 0.17, 1.41, -0.42> }
      texture { Black }
    }
    box { <X - 0.17, 1.25, -0.424>, <X + 0.17, 1.41, -0.42> texture { pigment { srgb <0.16, 0.22, 0.32> } finish { specular 0.9 roughness 0.003 reflection { 0.12, 0.5 } } } }
  #end
  // Dials, shutter button, winding lever.
  object { Knurled(0.26, 1.52, 1.72, 36) translate <-1.25, 0, 0> texture { Steel } }
  object { Knurled(0.24, 1.52, 1.68, 36) translate <1.05, 0, -0.02> texture { Steel } }
  cylinder { y*1.5, y*1.62, 0.09 translate <1.48, 0, -0.1> texture { Steel } }
  object { RoundBox(<0.0, 1.70, -0.05>, <0.62, 1.75, 0.05>, 0.02) rotate y*-28 translate <1.05, 0, 0> texture { Steel } }
  // Name and seal on the front.
  text { internal 1 "Aurora" 0.02, 0.02 scale <0.26, 0.26, 1> translate <-0.38, 1.52, -0.412> texture { Black } }
  cylinder { <-1.35, 0.55, -0.42>, <-1.35, 0.55, -0.38>, 0.1 texture { pigment { srgb <0.70, 0.12, 0.10> } finish { Glazed } } interior { ior 1.5 } }
  // Lens: rings along -z, glass in front.
  union {
    object { RoundDisc(0, 0.14, 0.66, 0.04) texture { SatinSteel } }
    object { Knurled(0.60, 0.12, 0.42, 48) texture { Black } }
    object { RoundDisc(0.40, 0.56, 0.57, 0.03) texture { SatinSteel } }
    object { Knurled(0.55, 0.54, 0.78, 60) texture { Black } }
    difference { object { RoundDisc(0.76, 0.98, 0.53, 0.03) } cone { y*0.86, 0.34, y*1.2, 0.53 } texture { Black } }
    torus { 0.40, 0.014 translate y*0.9 texture { Steel } }
    sphere { 0, 0.62 scale <0.6, 0.3, 0.6> translate y*0.74 texture { pigment { gradient y colour_map { [0 srgb <0.10, 0.08, 0.26>] [1 srgb <0.04, 0.05, 0.10>] } } finish { diffuse 0.4 specular 1 roughness 0.001 reflection { 0.16, 0.7 fresnel on } } } interior { ior 1.7 } }
    #for (I, -6, 6)
      box { <-0.008, 0.44, -0.585>, <0.008, 0.52 - 0.03*mod(abs(I), 2), -0.56> rotate y*I*9 texture { Black } }
    #end
    rotate x*-90 translate <0, 0.66, -0.40>
  }
  #for (S, -1, 1, 2) torus { 0.1, 0.025 rotate z*90 translate <S*1.76, 1.22, 0> texture { Steel } } #end
  #declare Path = spline { natural_spline 0, <1.8, 1.15, 0> 0.12, <2.1, 0.5, 0.1> 0.25, <2.5, 0.06, 0.4> 0.45, <2.4, 0.06, 1.6> 0.62, <0.2, 0.06, 1.9> 0.78, <-2.3, 0.06, 1.4> 0.9, <-2.2, 0.5, 0.4> 1, <-1.8, 1.15, 0> }
  object { Tube(Path, 0.05, 0.05, 140) Leather(srgb <0.48, 0.26, 0.13>) }
  rotate y*10
}
// The wall behind: old panelling.
#for (I, -8, 8)
  object { RoundBox(<-0.74, -0.2, 0>, <0.74, 9, 0.3>, 0.05) rotate z*90 Wood(srgb <0.42, 0.46, 0.40>, srgb <0.30, 0.33, 0.30>, I + 9) rotate -z*90 translate <I*1.5, 0, 4.2> interior { ior 1.5 } }
#end
// Film cans and a notebook.
#macro Can(Tint, Place)
  union {
    object { RoundDisc(0, 0.66, 0.24, 0.02) texture { pigment { srgb Tint } finish { Satin } } }
    object { RoundDisc(-0.02, 0.06, 0.265, 0.02) texture { Black } }
    object { RoundDisc(0.62, 0.70, 0.265, 0.02) texture { Black } }
    cylinder { y*0.7, y*0.8, 0.09 texture { Black } }
    difference { cylinder { y*0.25, y*0.42, 0.243 } cylinder { y*0.2, y*0.5, 0.2 } texture { pigment { srgb <0.95, 0.94, 0.90> } } }
    translate Place
  }
#end
Can(<0.90, 0.66, 0.10>, <-2.05, 0.02, -1.05>)
Can(<0.20, 0.45, 0.35>, <-2.65, 0.02, -0.55>)
object { RoundBox(<-1.2, 0, -0.9>, <1.2, 0.16, 0.9>, 0.04) Leather(srgb <0.20, 0.27, 0.36>) rotate y*-18 translate <2.75, 0, 1.5> }
// The desk: a printed chart with contour lines on wood.
object { Boards(srgb <0.50, 0.33, 0.20>, srgb <0.26, 0.15, 0.09>, 1.3, 9, 10, 3) translate -y*0.012 rotate y*-8 interior { ior 1.5 } }
box {
  <-2.9, -0.01, -2.1>, <2.6, 0, 2.6>
  texture {
    pigment {
      average pigment_map {
        [2 bozo turbulence 0.35 octaves 3 colour_map { [0.35 srgb <0.62, 0.76, 0.80>] [0.36 srgb <0.90, 0.86, 0.68>] [0.6 srgb <0.80, 0.80, 0.58>] [0.62 srgb <0.72, 0.74, 0.50>] [1 srgb <0.80, 0.66, 0.46>] } scale 1.3]
        [1 bozo turbulence 0.35 octaves 3 frequency 9 colour_map { [0 srgb <0.55, 0.36, 0.22>] [0.08 srgb <0.95, 0.92, 0.82>] [1 srgb <0.95, 0.92, 0.82>] } scale 1.3]
        [1 gradient x colour_map { [0.015 srgb <0.30, 0.40, 0.55>] [0.015 srgb <0.95, 0.92, 0.82>] } scale 0.6]
        [1 gradient z colour_map { [0.015 srgb <0.30, 0.40, 0.55>] [0.015 srgb <0.95, 0.92, 0.82>] } scale 0.6]
      }
    }
  }
  rotate y*12
}
