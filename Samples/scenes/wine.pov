// A bottle of red wine with its label, a glass and grapes on an oak table.
#include "studio.inc"

camera { location <0.6, 3.0, -10.2> look_at <0.1, 1.62, 0> angle 27 right x*image_width/image_height }
SoftLamp(<-6, 8, -5>, rgb <1.0, 0.93, 0.82>*0.85, 3)
FillLight(<7, 4, -6>, rgb <0.85, 0.9, 1.0>*0.2)
Panel(<-6, 4, -3>, <0, 1.5, 0>, 1.6, 6, 2.6)
Panel(<6, 4, -2>, <0, 1.5, 0>, 1.2, 6, 1.6)
Ambience(<1.0, 0.96, 0.9>*0.6)

#declare DarkGlass = texture { pigment { srgb <0.02, 0.045, 0.025> } finish { diffuse 0.5 specular 0.9 roughness 0.002 reflection { 0.04, 0.7 fresnel on } conserve_energy } }
#declare Paper = texture { pigment { granite colour_map { [0 srgb <0.94, 0.91, 0.82>] [1 srgb <0.90, 0.86, 0.76>] } scale 0.3 } }
#declare Ink = texture { pigment { srgb <0.16, 0.08, 0.08> } }
#declare Seal = texture { pigment { srgb <0.66, 0.13, 0.10> } finish { Satin } }

// Print wrapped on the bottle: everything in front of the cylinder is cut to a thin shell.
#macro Wrapped(Print) intersection { object { Print translate -z*0.9 } difference { cylinder { 0, y*4, 0.576 } cylinder { -y, y*5, 0.55 } } } #end
#macro Line(Words, Size, Height, Font)
  #local Written = text { internal Font Words 0.9, 0.02 scale <Size, Size, 1> }
  #local Wide = max_extent(Written).x;
  Wrapped(object { Written translate <-Wide/2, Height, 0> })
#end
union {
  sor { 11, <0.3, -0.1>, <0.50, 0.0>, <0.56, 0.08>, <0.565, 0.4>, <0.565, 1.0>, <0.565, 1.7>, <0.56, 1.95>, <0.46, 2.30>, <0.215, 2.72>, <0.19, 3.2>, <0.19, 3.6> texture { DarkGlass } }
  difference { cylinder { y*0.45, y*1.62, 0.572 } cylinder { 0, y*3, 0.55 } plane { -z, 0.18 } texture { Paper } }
  union { Line("DOMAINE", 0.11, 1.40, 1) Line("PIERRE ROUGE", 0.105, 1.22, 1) Line("Reserve 2021", 0.115, 0.74, 1) Line("13.5% vol   750 ml", 0.06, 0.53, 2) texture { Ink } }
  object { Wrapped(cylinder { <0, 1.02, 0>, <0, 1.02, 0.9>, 0.125 }) texture { Seal } }
  object { Wrapped(box { <-0.36, 0.67, 0>, <0.36, 0.676, 0.9> }) texture { Seal } }
  object { Wrapped(box { <-0.42, 1.565, 0>, <0.42, 1.575, 0.9> }) texture { Seal } }
  union {
    cylinder { y*2.78, y*3.36, 0.212 }
    torus { 0.195, 0.04 translate y*3.28 }
    object { RoundDisc(3.3, 3.39, 0.218, 0.03) }
    cylinder { y*2.78, y*2.80, 0.217 }
    texture { pigment { srgb <0.45, 0.07, 0.09> } finish { diffuse 0.6 specular 0.5 roughness 0.03 reflection 0.06 metallic } }
  }
  interior { ior 1.5 }
  rotate y*-6 translate <-0.55, 0, 0>
}
// The glass: a thin bowl with wine in it.
#declare Bowl = sor { 8, <0.03, 0.8>, <0.05, 0.95>, <0.40, 1.15>, <0.56, 1.5>, <0.52, 1.95>, <0.42, 2.35>, <0.38, 2.6>, <0.36, 2.7> open }
union {
  difference { object { Bowl } object { Bowl translate -y*1.6 scale 0.97 translate y*1.606 } material { Glass } }
  cylinder { y*0.05, y*0.97, 0.045 material { Glass } }
  sor { 6, <0.5, -0.1>, <0.50, 0.0>, <0.49, 0.02>, <0.12, 0.06>, <0.045, 0.16>, <0.04, 0.3> material { Glass } }
  intersection {
    object { Bowl translate -y*1.6 scale 0.965 translate y*1.606 }
    box { <-1, 0.9, -1>, <1, 1.52, 1> }
    texture { pigment { rgbf <0.55, 0.04, 0.07, 0.82> } finish { diffuse 0.2 specular 0.6 roughness 0.003 reflection { 0.02, 0.5 fresnel on } conserve_energy } }
    interior { ior 1.33 fade_distance 0.35 fade_power 1001 fade_colour rgb <0.25, 0.0, 0.01> }
  }
  translate <1.05, 0, -0.2>
}
// Grapes.
#declare R = seed(12);
#for (I, 0, 70)
  #local A = rand(R)*2*pi; #local D = sqrt(rand(R))*0.62; #local H = (0.65 - D)*rand(R)*0.9;
  sphere {
    <-1.75 + D*cos(A)*1.35, 0.14 + H, -0.75 + D*sin(A)*0.8>, 0.135 + 0.02*rand(R)
    texture {
      pigment { bozo colour_map { [0.2 srgb <0.20, 0.08, 0.20>] [0.8 srgb <0.36, 0.16, 0.30>] } scale 0.12 }
      finish { diffuse 0.8 specular 0.35 roughness 0.015 reflection { 0.01, 0.15 fresnel on } conserve_energy }
    }
    interior { ior 1.4 }
  }
#end
// A cork.
cylinder { <-0.22, 0, 0>, <0.22, 0, 0>, 0.11 texture { pigment { granite colour_map { [0 srgb <0.80, 0.62, 0.42>] [0.6 srgb <0.70, 0.50, 0.32>] [1 srgb <0.40, 0.25, 0.15>] } scale 0.2 } } rotate y*35 translate <0.3, 0.11, -1.2> }

object { Boards(srgb <0.62, 0.44, 0.27>, srgb <0.36, 0.22, 0.12>, 1.1, 9, 8, 3) rotate y*-3 }
// A cellar wall of rough blocks.
plane {
  -z, -3
  texture {
    pigment {
      brick pigment { srgb <0.34, 0.31, 0.28> },
      pigment { granite turbulence 0.3 colour_map { [0 srgb <0.62, 0.56, 0.47>] [0.5 srgb <0.52, 0.46, 0.38>] [1 srgb <0.36, 0.32, 0.28>] } scale 1.4 }
      brick_size <1.9, 0.85, 40> mortar 0.05
      translate z*-7
      warp { turbulence 0.06 octaves 3 }
    }
    normal { granite 0.5 scale 0.9 }
  }
}
