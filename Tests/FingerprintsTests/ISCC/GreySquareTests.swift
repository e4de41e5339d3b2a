import Foundation
import Testing

@testable import Fingerprints

/// Expected codes by Pillow 11 and iscc-core 1.5.0: `Image.resize((32, 32), BICUBIC)` of the same bytes.
@Suite struct GreySquareTests {
    @Test(arguments: [
        (32, 32, "ISCC:EED2UVNULOSFVZCVVJOTUSVOVRLFJZ24ZJWJE2URORIY6CJUXLLHRZI"),
        (640, 480, "ISCC:EEDZNJJKCJWVOVKXLE2VTNBLLJKVKRIWNUJCQOXOX4KVSJALVKV25TY"),
        (333, 1024, "ISCC:EEDYSI2JW5UFHLK3RQ5IY54OGJOTG5EJOZOSEXLXRCGHPCBTLWRUZFY"),
        (20, 9, "ISCC:EED2U67YKGGS6QFMVTIZCP42EQ3OHDWBOHJT7EDSSYGV74Q4ZHEWSVA"),
        (1000, 40, "ISCC:EEDYSET6CLTTUY26ERE76SIZZ42UTCLHGK3LLJNNQG5OJWWJEOUS4KI"),
    ])
    func shrinksAsPillowDoes(width: Int, height: Int, code: String) throws {
        let plane = try LumaPlane(width: width, height: height, pixels: picture(width, height))
        #expect(try distance(ISCC.imageCode(of: plane), code) <= 2)
    }

    /// A border in a border, neither quite plain.
    @Test func cutsBorders() throws {
        var pixels = [UInt8](repeating: 12, count: 420 * 300)
        for row in 20..<280 {
            for column in 20..<400 { pixels[row * 420 + column] = row == 20 && (column - 20) % 7 == 0 ? 243 : 250 }
        }
        for (offset, pixel) in picture(300, 200).enumerated() {
            pixels[(40 + offset / 300) * 420 + 60 + offset % 300] = pixel
        }
        let framed = try ISCC.imageCode(of: LumaPlane(width: 420, height: 300, pixels: pixels))
        #expect(try distance(framed, "ISCC:EEDYEAYDAMDR7777FBYHB4HR6HY7CD777774AAAAAPQ6DQMDAMDR77Y") <= 2)
        let bare = try ISCC.imageCode(of: LumaPlane(width: 300, height: 200, pixels: picture(300, 200)))
        #expect(framed == bare)
    }

    @Test func plainPicturesHaveACode() throws {
        for value in [0, 128, 255] as [UInt8] {
            let plane = try LumaPlane(width: 50, height: 40, pixels: Array(repeating: value, count: 2000))
            #expect(ISCC.imageCode(of: plane, bits: 64).digest == [value == 0 ? 0 : 0x80, 0, 0, 0, 0, 0, 0, 0])
        }
    }

    private func picture(_ width: Int, _ height: Int) -> [UInt8] {
        (0..<width * height).map { offset in
            let (x, y) = (offset % width, offset / width)
            return UInt8((x * x * 3 + y * y * 7 + x * y * 5) / 257 % 97 + (x * 2 + y) / 9 % 150)
        }
    }

    private func distance(_ unit: ISCCUnit, _ code: String) throws -> Int {
        let reference = try ISCCUnit(code: code)
        return zip(unit.digest, reference.digest).reduce(0) { $0 + ($1.0 ^ $1.1).nonzeroBitCount }
    }
}
