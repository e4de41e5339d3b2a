/// A PDF of one page that is nothing but a picture of 32 × 32 grey fields.
enum ScannedPDF {
    /// - Parameter levels: Grey levels that each field is brighter.
    static func text(levels: Int) -> String {
        var state: UInt32 = 7
        let pixels = (0..<1024).map { _ -> String in
            state = state &* 1_664_525 &+ 1_013_904_223
            let digits = String(Int(state >> 24) * 3 / 4 + levels, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
        return
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 600]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
            + "endobj\n4 0 obj<</Length 26>>stream\n600 0 0 600 0 0 cm /I Do  \nendstream endobj\n5 0 obj<</Type/XObject"
            + "/Subtype/Image/Width 32/Height 32/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/ASCIIHexDecode/Length "
            + "2049>>stream\n\(pixels)>\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    }
}
