/// What one file may cost.
public struct DecodeLimits: Sendable, Equatable {
    /// The largest file. Product photos from cameras are 3 to 30 MB; 64 MiB leaves room for 16-bit TIFF.
    public var inputBytes: Int
    /// The most pixels of a picture, width × height, as its header says. 100 megapixels is the largest common camera.
    public var pixels: Int
    /// The longest time from handing over the bytes to the answer. The largest pictures take 1 to 3 seconds on a slow
    /// core; the rest is for a loaded machine.
    public var seconds: Int
    /// The most private memory of a decoder process. A 100-megapixel picture as four bytes a pixel, twice, is 800 MB.
    public var memoryBytes: Int

    public init(
        inputBytes: Int = 64 << 20,
        pixels: Int = 100_000_000,
        seconds: Int = 20,
        memoryBytes: Int = 1 << 30
    ) {
        self.inputBytes = inputBytes
        self.pixels = pixels
        self.seconds = seconds
        self.memoryBytes = memoryBytes
    }
}
