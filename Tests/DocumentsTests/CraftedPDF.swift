/// A PDF of given objects, made in memory, with a correct table of them.
struct CraftedPDF {
    private(set) var objects: [String]
    private var trailer = ""

    /// One page with a content stream and the resources that it names.
    init(content: String, resources: String, more: [String] = []) {
        objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<\(resources)>>>>",
            "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
        ]
        objects += more
    }

    /// A page with one line in a CJK font that is not embedded and has no table to Unicode: as old word processors and
    /// PDF drivers in China and Korea wrote them.
    init(text hex: String, encoding: String, font: String, ordering: String) {
        self.init(
            content: "BT /F 14 Tf 60 700 Td <\(hex)> Tj ET",
            resources: "/Font<</F 5 0 R>>",
            more: [
                "<</Type/Font/Subtype/Type0/BaseFont/\(font)/Encoding/\(encoding)/DescendantFonts[6 0 R]>>",
                "<</Type/Font/Subtype/CIDFontType0/BaseFont/\(font)/CIDSystemInfo<</Registry(Adobe)"
                    + "/Ordering(\(ordering))/Supplement 0>>/DW 1000>>",
            ]
        )
    }

    /// Pages that are nothing but a picture: a scan.
    static func scan(pages: Int) -> CraftedPDF {
        // 8 × 8 pixels of grey steps, as hexadecimal, drawn over the page.
        let steps = ["00", "40", "80", "FF"]
        let pixels = (0..<64).map { (place: Int) -> String in steps[(place + place / 8) % 4] }.joined()
        var pdf = CraftedPDF(
            content: "500 0 0 700 40 70 cm /I Do",
            resources: "/XObject<</I 5 0 R>>",
            more: [
                "<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray"
                    + "/Filter/ASCIIHexDecode/Length 129>>stream\n\(pixels)>\nendstream"
            ]
        )
        // A page tree may hold no page twice.
        let first = pdf.objects.count + 1
        pdf.objects += [String](repeating: pdf.objects[2], count: pages)
        let kids = (0..<pages).map { "\(first + $0) 0 R" }.joined(separator: " ")
        pdf.objects[1] = "<</Type/Pages/Kids[\(kids)]/Count \(pages)>>"
        return pdf
    }

    /// The standard security handler, with a password that nobody knows.
    mutating func encrypt() {
        trailer =
            "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + String(repeating: "5A", count: 32) + ">/U<"
            + String(repeating: "A5", count: 32) + ">>>/ID[<00><00>]"
    }

    /// Adds objects that nothing refers to.
    mutating func add(_ count: Int) {
        objects += (0..<count).lazy.map { "<</Left \($0)>>" }
    }

    var bytes: [UInt8] {
        var file = Array("%PDF-1.5\n".utf8)
        var places: [Int] = []
        for (number, object) in objects.enumerated() {
            places.append(file.count)
            file += Array("\(number + 1) 0 obj\n\(object)\nendobj\n".utf8)
        }
        let start = file.count
        file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
        for place in places {
            let digits = String(place)
            file += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
        }
        file += Array("trailer\n<</Size \(objects.count + 1)/Root 1 0 R\(trailer)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return file
    }
}
