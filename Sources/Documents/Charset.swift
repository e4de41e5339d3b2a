/// An encoding of text, by IANA's name.
public enum Charset: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    /// With a byte-order mark.
    case utf16LittleEndian = "UTF-16LE"
    /// With a byte-order mark.
    case utf16BigEndian = "UTF-16BE"
    /// GBK and GB2312 are parts of it.
    case gb18030 = "GB18030"
    /// With Microsoft's extension, CP949.
    case eucKR = "EUC-KR"
    case big5 = "Big5"
    case shiftJIS = "Shift_JIS"
    /// ISO-8859-1 and ASCII are read as it, as browsers do.
    case windows1252 = "windows-1252"

    /// By a label as files and forms write it, whatever its case. UTF-16 is told by its byte-order mark alone.
    public init?(label: String) {
        switch label.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936": self = .gb18030
        case "euc-kr", "euckr", "cp949", "ks_c_5601-1987", "ksc5601", "uhc", "windows-949": self = .eucKR
        case "big5", "big5-hkscs", "cp950": self = .big5
        case "shift_jis", "shift-jis", "sjis", "cp932", "windows-31j": self = .shiftJIS
        case "windows-1252", "cp1252", "iso-8859-1", "latin1", "us-ascii", "ascii": self = .windows1252
        default: return nil
        }
    }
}
