// logcheck checks a log over HTTP with Debian's golang.org/x/mod alone: nothing in it was written for Cinnabar.
//
//	logcheck check URL VKEY [COSIGNER-VKEY...]   any C2SP tlog-tiles log, read from URL/checkpoint and URL/tile/...;
//	                                             of a folder by file:///PATH
//	logcheck proofs URL API VKEY                 the inclusion proofs that API/v1/registrations/<id> answers with
//	logcheck fill API N                          registers N made-up digests, token in CINNABAR_TOKEN
//	logcheck note VKEY NOTE                      a signed checkpoint in a file
//	logcheck proof VKEY PROOF ENTRY              a C2SP tlog-proof in a file, of an entry in another
//
// check reads every entry and holds it against the tiles, the tiles against the signed root, proves random entries and
// random older trees, and demands a cosignature by every key named. Prints what it counted; ends 1 at the first thing
// that does not hold.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	samples    = int64(200)
	batchLines = 5000
	sizeLimit  = 64 << 20
)

func main() {
	http.DefaultTransport.(*http.Transport).RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: logcheck check URL VKEY [COSIGNER...] | proofs URL API VKEY | fill API N"+
			" | note VKEY NOTE | proof VKEY PROOF ENTRY")
		os.Exit(2)
	}
	switch os.Args[1] {
	case "check":
		check(os.Args[2], os.Args[3], os.Args[4:])
	case "proofs":
		if len(os.Args) < 5 {
			fail("proofs needs URL API VKEY")
		}
		proofs(os.Args[2], os.Args[3], os.Args[4])
	case "fill":
		count, err := strconv.Atoi(os.Args[3])
		die(err)
		fill(os.Args[2], count)
	case "note":
		tree, _ := openCheckpoint(contents(os.Args[3]), os.Args[2], nil)
		fmt.Printf("note holds: size=%d root=%s\n", tree.N, tree.Hash)
	case "proof":
		if len(os.Args) < 5 {
			fail("proof needs VKEY PROOF ENTRY")
		}
		proof(os.Args[2], contents(os.Args[3]), contents(os.Args[4]))
	default:
		fail("unknown command " + os.Args[1])
	}
}

// check reads the whole log.
func check(url, logKey string, cosigners []string) {
	tree, signatures := openCheckpoint(get(url+"/checkpoint"), logKey, cosigners)
	hashes := tlog.TileHashReader(tree, tileReader(url))
	root, err := tlog.TreeHash(tree.N, hashes)
	die(err)
	if root != tree.Hash {
		fail("the tiles do not give the signed root")
	}
	for first := int64(0); first < tree.N; first += tileWidth {
		entries := bundle(url, first/tileWidth, min(tileWidth, tree.N-first))
		indexes := make([]int64, len(entries))
		for offset := range entries {
			indexes[offset] = tlog.StoredHashIndex(0, first+int64(offset))
		}
		leaves, err := hashes.ReadHashes(indexes)
		die(err)
		for offset, entry := range entries {
			if leaves[offset] != tlog.RecordHash(entry) {
				fail(fmt.Sprintf("entry %d is not the one that its tile holds", first+int64(offset)))
			}
		}
	}
	for number := int64(0); number < min(samples, tree.N); number++ {
		index := rand.Int63n(tree.N)
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		die(err)
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		die(err)
		die(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf[0]))
		older := 1 + rand.Int63n(tree.N)
		olderRoot, err := tlog.TreeHash(older, hashes)
		die(err)
		consistency, err := tlog.ProveTree(tree.N, older, hashes)
		die(err)
		die(tlog.CheckTree(consistency, tree.N, tree.Hash, older, olderRoot))
	}
	fmt.Printf("log holds: entries=%d signatures=%d inclusion_proofs=%d consistency_proofs=%d root=%s\n",
		tree.N, signatures, min(samples, tree.N), min(samples, tree.N), tree.Hash)
}

// proofs asks the API for the proofs of random entries, as a stranger may.
func proofs(url, api, logKey string) {
	tree, _ := openCheckpoint(get(url+"/checkpoint"), logKey, nil)
	for number := int64(0); number < min(samples, tree.N); number++ {
		index := rand.Int63n(tree.N)
		entries := bundle(url, index/tileWidth, min(tileWidth, tree.N-index/tileWidth*tileWidth))
		entry := entries[index%tileWidth]
		id := sha256.Sum256(append([]byte{0}, entry...))
		var answer struct {
			Index      int64
			Entry      string
			Checkpoint string
			Proof      struct {
				Index, Size int64
				Hashes      []string
			}
		}
		die(json.Unmarshal(get(fmt.Sprintf("%s/v1/registrations/%x", api, id)), &answer))
		covering, _ := openCheckpoint([]byte(answer.Checkpoint), logKey, nil)
		if answer.Index != index || answer.Proof.Index != index || answer.Entry != string(entry) ||
			answer.Proof.Size != covering.N {
			fail(fmt.Sprintf("the answer about entry %d is about another", index))
		}
		var proof tlog.RecordProof
		for _, text := range answer.Proof.Hashes {
			hash, err := tlog.ParseHash(text)
			die(err)
			proof = append(proof, hash)
		}
		die(tlog.CheckRecord(proof, covering.N, covering.Hash, index, tlog.RecordHash(entry)))
	}
	fmt.Printf("proofs hold: served_proofs=%d\n", min(samples, tree.N))
}

// proof checks a C2SP tlog-proof: format, perhaps extra, index, hashes, an empty line and the checkpoint.
func proof(logKey string, message, entry []byte) {
	head, checkpoint, found := strings.Cut(string(message), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		fail("the file is no tlog-proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	die(err)
	if lines[0] != fmt.Sprintf("index %d", index) {
		fail("the index is not written as it should be")
	}
	var hashes tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		die(err)
		hashes = append(hashes, hash)
	}
	tree, _ := openCheckpoint([]byte(checkpoint), logKey, nil)
	die(tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("proof holds: index=%d size=%d root=%s\n", index, tree.N, tree.Hash)
}

func contents(path string) []byte {
	content, err := os.ReadFile(path)
	die(err)
	return content
}

// fill registers made-up digests, many in one request.
func fill(api string, count int) {
	for first := 0; first < count; first += batchLines {
		var body bytes.Buffer
		lines := min(batchLines, count-first)
		for number := first; number < first+lines; number++ {
			digest := sha256.Sum256([]byte(strconv.Itoa(number)))
			fmt.Fprintf(&body, "{\"digests\":{\"sha256\":\"%x\"},\"idempotencyKey\":\"fill-%d\"}\n", digest, number)
		}
		request, err := http.NewRequest("POST", api+"/v1/registrations:batch", &body)
		die(err)
		request.Header.Set("Content-Type", "application/x-ndjson")
		request.Header.Set("Authorization", "Bearer "+os.Getenv("CINNABAR_TOKEN"))
		response, err := http.DefaultClient.Do(request)
		answer := read(request.URL.String(), response, err)
		made := bytes.Count(answer, []byte(`"status":201`)) + bytes.Count(answer, []byte(`"status":200`))
		if made != lines {
			fail(fmt.Sprintf("%d of %d lines were registered", made, lines))
		}
	}
	fmt.Printf("registered: %d\n", count)
}

// openCheckpoint demands the log's signature and one of each cosigner.
func openCheckpoint(message []byte, logKey string, cosigners []string) (tlog.Tree, int) {
	verifiers := []note.Verifier{verifier(logKey)}
	for _, key := range cosigners {
		verifiers = append(verifiers, verifier(key))
	}
	opened, err := note.Open(message, note.VerifierList(verifiers...))
	die(err)
	if len(opened.Sigs) != len(verifiers) {
		fail(fmt.Sprintf("%d of %d named keys signed the checkpoint", len(opened.Sigs), len(verifiers)))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifiers[0].Name() {
		fail("the note is no checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	die(err)
	hash, err := tlog.ParseHash(lines[2])
	die(err)
	return tlog.Tree{N: size, Hash: hash}, len(opened.Sigs)
}

// A cosigner's key, algorithm 4 of C2SP tlog-cosignature, which golang.org/x/mod does not know.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(message, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	signed := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), message...)
	return ed25519.Verify(c.key, signed, signature[8:])
}

func verifier(vkey string) note.Verifier {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail("not a key: " + vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	die(err)
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		verifier, err := note.NewVerifier(vkey)
		die(err)
		return verifier
	}
	digest := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	id := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", id) != parts[1] {
		fail("the identifier of the key is not its own: " + vkey)
	}
	return cosigner{parts[0], id, key[1:]}
}

// tileReader fetches what TileHashReader asks for. tlog-tiles leaves out the height that x/mod puts in a tile's path.
type tileReader string

func (r tileReader) Height() int                         { return tileHeight }
func (r tileReader) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (r tileReader) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		data = append(data, get(string(r)+"/"+strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
	}
	return data, nil
}

// bundle fetches the entries of one tile: two bytes of length before each.
func bundle(url string, number, width int64) (entries [][]byte) {
	path := tlog.Tile{H: tileHeight, L: 0, N: number, W: int(width)}.Path()
	rest := get(url + "/" + strings.Replace(path, "tile/8/0/", "tile/entries/", 1))
	for number := int64(0); number < width; number++ {
		if len(rest) < 2 || len(rest) < 2+int(binary.BigEndian.Uint16(rest)) {
			fail("an entry bundle is cut off")
		}
		end := 2 + int(binary.BigEndian.Uint16(rest))
		entries = append(entries, rest[2:end])
		rest = rest[end:]
	}
	if len(rest) != 0 {
		fail("there is something after an entry bundle")
	}
	return entries
}

func get(url string) []byte {
	response, err := http.Get(url)
	return read(url, response, err)
}

func read(url string, response *http.Response, err error) []byte {
	die(err)
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, sizeLimit))
	die(err)
	if response.StatusCode != http.StatusOK {
		fail(fmt.Sprintf("%s answered %s: %.300s", url, response.Status, body))
	}
	return body
}

func min[T int | int64](a, b T) T {
	if a < b {
		return a
	}
	return b
}

func die(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(message string) {
	fmt.Println("FAILED:", message)
	os.Exit(1)
}
