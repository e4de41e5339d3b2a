// A stack of cloth-bound books with spectacles on top, before a full shelf.
#include "studio.inc"

camera { location <-1.4, 2.7, -7.8> look_at <0, 1.15, 0> angle 34 right x*image_width/image_height }
SoftLamp(<-6, 7, -5>, rgb <1.0, 0.93, 0.82>*0.9, 3)
FillLight(<7, 4, -5>, rgb <0.8, 0.88, 1.0>*0.18)
Panel(<-5, 5, -5>, <0, 1, 0>, 2, 3, 1.5)
Ambience(<1.0, 0.97, 0.93>*0.7)

#declare Gold = texture { pigment { srgb <0.85, 0.68, 0.36> } finish { diffuse 0.7 specular 0.5 roughness 0.03 metallic } }
#declare Leaves = texture { pigment { gradient y colour_map { [0 srgb <0.80, 0.74, 0.62>] [0.5 srgb <0.95, 0.91, 0.82>] [1 srgb <0.80, 0.74, 0.62>] } scale 0.022 } }

// A book lying flat: the spine towards the viewer, its title in gold.
#macro Book(Wide, Deep, Thick, Tint, Title, Place, Turn)
  union {
    box { <-Wide/2 + 0.06, 0.04, -Deep/2 + 0.1>, <Wide/2 - 0.06, Thick - 0.04, Deep/2 - 0.06> texture { Leaves } }
    union {
      object { RoundBox(<-Wide/2, 0, -Deep/2>, <Wide/2, 0.045, Deep/2>, 0.018) }
      object { RoundBox(<-Wide/2, Thick - 0.045, -Deep/2>, <Wide/2, Thick, Deep/2>, 0.018) }
      intersection {
        cylinder { <-Wide/2, Thick/2, 0>, <Wide/2, Thick/2, 0>, Thick/2 scale <1, 1, 0.45> translate -z*(Deep/2 - 0.03) }
        plane { z, -Deep/2 + 0.08 }
      }
      texture {
        pigment { average pigment_map { [1 bozo colour_map { [0 srgb Tint*0.8] [1 srgb Tint*1.1] } scale <0.5, 0.015, 0.015>] [1 bozo colour_map { [0 srgb Tint*0.8] [1 srgb Tint*1.1] } scale <0.015, 0.5, 0.5>] } }
        normal { bumps 0.2 scale 0.02 }
        finish { Satin }
      }
    }
    #local Size = Thick*0.40;
    #local Words = text { internal 1 Title 0.3, 0.02 scale <Size, Size, 1> }
    intersection {
      object { Words translate <-max_extent(Words).x/2, Thick/2 - Size*0.33, -Deep/2 - 0.3> }
      cylinder { <-Wide/2, Thick/2, 0>, <Wide/2, Thick/2, 0>, Thick/2 + 0.006 scale <1, 1, 0.46> translate -z*(Deep/2 - 0.03) }
      texture { Gold }
    }
    #for (S, -1, 1, 2) #for (K, 0, 1)
      cylinder { <S*(Wide/2 - 0.22 - 0.08*K), Thick/2, 0>, <S*(Wide/2 - 0.25 - 0.08*K), Thick/2, 0>, Thick/2 + 0.004 scale <1, 1, 0.455> translate -z*(Deep/2 - 0.03) clipped_by { plane { z, -Deep/2 } } texture { Gold } }
    #end #end
    rotate y*Turn translate Place
  }
#end
Book(3.3, 2.3, 0.52, <0.16, 0.28, 0.40>, "A HISTORY OF INK", <0, 0, 0>, 4)
Book(3.0, 2.1, 0.42, <0.60, 0.16, 0.14>, "Seals & Signatures", <0.1, 0.52, 0>, -6)
Book(2.9, 2.0, 0.58, <0.22, 0.36, 0.24>, "THE COLLECTOR", <-0.08, 0.94, 0.05>, 9)
Book(2.6, 1.8, 0.34, <0.58, 0.30, 0.12>, "Light and Lens", <0.05, 1.52, 0>, -3)
Book(2.3, 1.7, 0.44, <0.36, 0.20, 0.34>, "NIGHT MARKETS", <-0.05, 1.86, 0>, 12)
// Spectacles on the top.
union {
  #for (S, -1, 1, 2)
    torus { 0.30, 0.028 rotate x*80 translate <S*0.40, 0.30, 0> }
    cylinder { <S*0.70, 0.34, 0.02>, <S*0.66, 0.30, 1.1>, 0.022 }
    cylinder { <S*0.66, 0.30, 1.1>, <S*0.64, 0.05, 1.3>, 0.026 }
  #end
  #declare Bridge = spline { natural_spline 0, <-0.12, 0.34, 0> 0.5, <0, 0.42, -0.01> 1, <0.12, 0.34, 0> }
  object { Tube(Bridge, 0.024, 0.024, 16) }
  texture { pigment { bozo colour_map { [0 srgb <0.20, 0.10, 0.05>] [1 srgb <0.50, 0.28, 0.12>] } scale 0.1 } finish { Glazed } }
  interior { ior 1.5 }
  rotate y*-24 translate <0.1, 2.30, -0.45>
}
// A brass bell beside, a mug of pencils.
union {
  difference { sor { 6, <0.5, -0.2>, <0.46, 0.0>, <0.45, 0.2>, <0.46, 0.7>, <0.48, 1.1>, <0.5, 1.3> } cylinder { y*0.1, y*2, 0.42 } texture { pigment { gradient y colour_map { [0.3 srgb <0.30, 0.44, 0.48>] [0.3 srgb <0.90, 0.88, 0.82>] } scale 1.1 } finish { Glazed } } interior { ior 1.5 } }
  #declare R = seed(9);
  #for (I, 0, 6)
    #local L = 1.5 + 0.5*rand(R); #local C = <0.3 + 0.6*rand(R), 0.25 + 0.5*rand(R), 0.15 + 0.4*rand(R)>;
    union {
      cylinder { 0, y*L, 0.06 texture { pigment { srgb C } finish { Satin } } }
      cone { y*L, 0.06, y*(L + 0.2), 0.015 texture { pigment { srgb <0.85, 0.68, 0.48> } } }
      sphere { y*(L + 0.18), 0.022 texture { pigment { srgb C*0.5 } } }
      rotate x*(rand(R)*13) rotate y*(rand(R)*360) translate y*0.1
    }
  #end
  translate <2.35, 0, 0.4>
}
object { Boards(srgb <0.58, 0.39, 0.24>, srgb <0.32, 0.19, 0.11>, 1.2, 10, 6, 2) interior { ior 1.5 } }
// The shelf behind: rows of upright books in many colours.
#declare R = seed(77);
#for (Row, 0, 1)
  #declare X = -5;
  #while (X < 5)
    #local T = 0.16 + 0.2*rand(R); #local H = 1.35 + 0.5*rand(R);
    #local C = <0.18 + 0.5*rand(R), 0.15 + 0.35*rand(R), 0.14 + 0.3*rand(R)>;
    union {
      object { RoundBox(<0, 0, 0>, <T - 0.01, H, 1>, 0.03) texture { pigment { srgb C } finish { Satin } } }
      box { <0.02, H*0.70, -0.004>, <T - 0.03, H*0.74, 0.01> texture { Gold } }
      box { <0.02, H*0.18, -0.004>, <T - 0.03, H*0.2, 0.01> texture { Gold } }
      box { <0.03, H*0.44, -0.004>, <T - 0.04, H*0.64, 0.01> texture { pigment { srgb C*0.4 + <0.4, 0.36, 0.26>*rand(R) } } }
      translate <X, 0.12 + Row*2.25, 2.6 + 0.12*rand(R)>
    }
    #declare X = X + T;
  #end
  object { RoundBox(<-6, 2.18 + Row*2.25, 2.5>, <6, 2.34 + Row*2.25, 3.8>, 0.03) Wood(srgb <0.46, 0.28, 0.16>, srgb <0.24, 0.14, 0.08>, Row) interior { ior 1.5 } }
#end
box { <-8, 0, 3.7>, <8, 9, 3.8> texture { pigment { srgb <0.16, 0.10, 0.07> } } }
