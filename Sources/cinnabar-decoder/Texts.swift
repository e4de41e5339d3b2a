import ArchiveDecoding
import Glibc
import PixelDecoding
import TextDecoding

/// For a person who runs this program by hand.
let helpText = """
    cinnabar-decoder: turns untrusted pictures, documents and archives into plain bytes, apart from keys and data.

    Cinnabar starts this program itself and talks to it over descriptors it passes; there is nothing to
    run by hand, except:

      cinnabar-decoder --self-test   turn the restrictions on, try to break out in several ways, and say
                                     what was refused; ends 0 when everything was
      cinnabar-decoder --version     the libraries it decodes with
      cinnabar-decoder --help        this text
    """

var versionText: String {
    "cinnabar-decoder with \(PixelDecoder.libraries), \(ArchiveReader.library), \(TextDecoder.libraries)"
}

func complain(_ sentence: String) {
    let line = Array("cinnabar-decoder: \(sentence)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
}
