// Headphones cut out on plain white, as catalogues want them.
#include "studio.inc"

camera { location <2.3, 2.3, -6.6> look_at <0, 1.28, 0> angle 33 right x*image_width/image_height }
SoftLamp(<-5, 8, -5>, rgb 0.55, 4)
FillLight(<7, 4, -5>, rgb 0.22)
Panel(<-4, 5, -4>, <0, 1, 0>, 2.4, 4, 2.4)
Panel(<5, 4, -3>, <0, 1, 0>, 1.2, 5, 1.8)
Ambience(<1, 1, 1>*1.0)

#declare Shell = texture { pigment { srgb <0.10, 0.13, 0.20> } finish { diffuse 0.7 specular 0.5 roughness 0.012 reflection { 0.02, 0.3 fresnel on } conserve_energy } }
#declare Cushion = Leather(srgb <0.28, 0.20, 0.15>)
#macro Cup()
  union {
    object { RoundDisc(0.10, 0.36, 0.62, 0.12) texture { Shell } }
    object { RoundDisc(0.34, 0.42, 0.44, 0.03) texture { SatinSteel } }
    torus { 0.46, 0.02 translate y*0.37 texture { Brass } }
    torus { 0.44, 0.20 scale <1, 0.9, 1> translate y*-0.04 texture { Cushion } }
    cylinder { -y*0.02, y*0.12, 0.4 texture { pigment { srgb 0.05 } } }
    #for (I, 0, 11) sphere { <0.25, 0.425, 0>, 0.022 rotate y*I*30 texture { pigment { srgb 0.05 } } } #end
    interior { ior 1.5 }
    rotate z*-90 scale <1, 1.12, 0.95>
  }
#end
union {
  #declare Band = spline { natural_spline 0, <-1.22, 1.15, 0> 0.15, <-1.27, 1.75, 0> 0.32, <-0.95, 2.42, 0> 0.5, <0, 2.78, 0> 0.68, <0.95, 2.42, 0> 0.85, <1.27, 1.75, 0> 1, <1.22, 1.15, 0> }
  object { Tube(Band, 0.055, 0.055, 120) scale <1, 1, 1.6> texture { SatinSteel } }
  #declare Pad = spline { natural_spline 0, <-1.02, 2.30, 0> 0.25, <-0.60, 2.62, 0> 0.5, <0, 2.74, 0> 0.75, <0.60, 2.62, 0> 1, <1.02, 2.30, 0> }
  object { Tube(Pad, 0.085, 0.085, 80) scale <1, 1, 2.4> texture { Cushion } }
  #for (S, -1, 1, 2)
    object { RoundBox(<-0.07, 1.10, -0.16>, <0.07, 1.75, 0.16>, 0.06) translate x*S*1.25 texture { Shell } }
    difference { torus { 0.72, 0.06 rotate z*90 } box { <-1, -1, -1>, <1, 0.1, 1> } translate <S*1.22, 0.72, 0> texture { Shell } }
    object { Cup() scale <S, 1, 1> rotate z*S*4 translate <S*1.10, 0.72, 0> }
  #end
  rotate y*-12
  interior { ior 1.5 }
}
WhiteSweep(0.02)
