import CVips
import MediaDecoding

extension VipsReader {
    /// The picture for eyes: upright, in colour, no larger than a box, before white. The reader is then used up.
    consuming func display(within side: Int) throws(MediaError) -> Raster {
        try checkSize()
        var width: Int32 = 0
        var height: Int32 = 0
        guard let pixels = cinnabar_vips_display(handle, Int32(side), Int32(side), &width, &height) else {
            throw Self.failure()
        }
        defer { cinnabar_vips_free(pixels) }
        let count = Int(width) * Int(height) * 3
        return Raster(
            width: Int(width),
            height: Int(height),
            pixels: Array(UnsafeBufferPointer(start: pixels, count: count))
        )
    }
}
