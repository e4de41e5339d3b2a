// A cut-glass flacon of rose perfume on white marble, before pleated silk.
#include "studio.inc"

camera { location <1.3, 2.3, -6.6> look_at <0, 1.12, 0> angle 30 right x*image_width/image_height }
SoftLamp(<5, 8, -4>, rgb <1.0, 0.97, 0.94>*0.8, 3)
FillLight(<-6, 4, -6>, rgb <0.95, 0.9, 1.0>*0.2)
Panel(<-5, 3, -2>, <0, 1, 0>, 2, 5, 1.8)
Panel(<5, 4, -3>, <0, 1, 0>, 1.2, 5, 2.2)
Ambience(<1.0, 0.97, 0.97>*0.8)

#declare Outside = intersection {
  box { <-0.85, 0.005, -0.42>, <0.85, 1.55, 0.42> }
  plane { y, 0 rotate z*-38 translate <0.62, 1.44, 0> }
  plane { y, 0 rotate z*38 translate <-0.62, 1.44, 0> }
  plane { <0.7, 0, -1>, 0 translate <0.72, 0, -0.36> }
  plane { <-0.7, 0, -1>, 0 translate <-0.72, 0, -0.36> }
}
object { Outside material { Glass } }
// The perfume stands in the glass without a gap, so that no dark film shows between them.
intersection {
  box { <-0.70, 0.2, -0.27>, <0.70, 1.16, 0.27> }
  plane { <1, 0, 1>, 0 translate <0.64, 0, 0.27> }
  plane { <-1, 0, -1>, 0 translate <-0.64, 0, -0.27> }
  texture { pigment { rgbf <1, 0.74, 0.70, 0.94> } finish { diffuse 0.05 specular 0.3 roughness 0.003 } }
  interior { ior 1.42 fade_distance 1.1 fade_power 1001 fade_colour rgb <0.95, 0.45, 0.42> }
}
cylinder { y*0.25, y*1.6, 0.02 texture { pigment { rgbf <0.9, 0.9, 0.9, 0.6> } } }
// Gold neck, facetted stopper, raised name.
#declare Gold = texture { pigment { srgb <0.90, 0.72, 0.42> } finish { Polished } }
object { RoundDisc(1.54, 1.78, 0.25, 0.03) texture { Gold } }
#for (I, 0, 2) torus { 0.25, 0.015 translate y*(1.6 + 0.06*I) texture { Gold } } #end
intersection {
  sphere { 0, 0.46 scale <1, 0.95, 1> }
  #for (I, 0, 9) #for (J, -1, 1)
    plane { z, -0.40 rotate x*(J*42) rotate y*(I*36 + 18*J) inverse }
  #end #end
  box { <-1, -0.36, -1>, <1, 0.38, 1> }
  material { Glass }
  translate y*2.13
}
#declare Name = text { internal 1 "ROSALIE" 0.03, 0.04 scale <0.23, 0.23, 1> texture { Gold } }
object { Name translate <-max_extent(Name).x/2, 0.72, -0.44> }
#declare Small = text { internal 1 "EAU DE PARFUM" 0.03, 0.03 scale <0.085, 0.085, 1> texture { Gold } }
object { Small translate <-max_extent(Small).x/2, 0.55, -0.44> }
difference { box { <-0.58, 0.42, -0.436>, <0.58, 1.04, -0.42> } box { <-0.565, 0.435, -1>, <0.565, 1.025, 1> } texture { Gold } }

// Petals.
#declare R = seed(21);
#for (I, 0, 16)
  #local A = rand(R)*2*pi; #local D = 1.15 + 1.3*rand(R);
  intersection {
    difference { sphere { 0, 0.34 } sphere { 0, 0.325 } }
    plane { y, -0.19 }
    cylinder { <0.03, -1, 0>, <0.03, 1, 0>, 0.24 }
    texture { pigment { spherical colour_map { [0 srgb <0.96, 0.80, 0.80>] [1 srgb <0.80, 0.28, 0.36>] } scale 0.5 translate <0.2, -0.3, 0> } finish { Satin } }
    scale <1.2, 0.8, 1>
    translate y*0.272 rotate x*(rand(R)*16) rotate y*rand(R)*360
    translate <D*cos(A)*1.25, 0, D*sin(A)*0.7 - 0.55>
  }
#end
plane { y, 0 Marble(srgb <0.95, 0.94, 0.93>, srgb <0.45, 0.44, 0.46>) interior { ior 1.5 } rotate y*33 }
// Silk in soft folds.
plane {
  -z, -2.6
  texture {
    pigment { function { 0.5 + 0.28*sin(x*4.2 + 0.5*sin(y*1.3)) + 0.16*sin(x*9.7 + 1 + 0.4*sin(y*0.8 + 1)) } colour_map { [0 srgb <0.52, 0.36, 0.44>] [0.6 srgb <0.80, 0.62, 0.66>] [1 srgb <0.97, 0.87, 0.87>] } }
    finish { diffuse 0.85 specular 0.15 roughness 0.1 }
  }
}
