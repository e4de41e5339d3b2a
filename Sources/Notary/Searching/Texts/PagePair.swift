/// A page looked for and a registered one that are close. Numbers from 0.
struct PagePair {
    let found: Int
    let registered: Int
    let distanceBits: Int
}
