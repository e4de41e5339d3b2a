/// How a file became a luma plane. A name's meaning never changes; another way of decoding is another name.
///
/// Both give 0.299 R + 0.587 G + 0.114 B of the encoded values as 0 to 255, of the first frame or page, turned upright
/// by its EXIF orientation, ICC profile ignored.
public enum DecodePath: String, Sendable, CaseIterable {
    /// JPEG by libjpeg-turbo: output colour space greyscale, integer DCT (`JDCT_ISLOW`), at the smallest of the scales
    /// 1/8, 1/4, 1/2 and 1 that keeps the short side at 512 pixels or more.
    case jpegScaledGrey = "luma-1/jpeg-scaled-grey"
    /// Everything else by libvips' loader of the format at full size. 16 bits become 8 by dropping the low byte; CMYK
    /// becomes R = (255 - C)(255 - K) / 255 and so on; alpha is flattened on white; each division is rounded to
    /// nearest. Then, with k = ⌊short side / 512⌋ of 2 or more, the mean of each k × k block from the top left,
    /// rounded; blocks at the right and bottom edge average the pixels they have.
    case vips = "luma-1/vips"
}
