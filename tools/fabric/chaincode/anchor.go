// The chaincode that takes checkpoints of logs on a channel of Hyperledger Fabric.
//
//	anchor(origin, size, root, noteHash)
//
// It only writes, and reads nothing: calls never conflict, a call may come twice or late and is no error, and nobody
// replaces what another organization wrote. Keys are composite: "checkpoint", origin, caller's organization, size in 20
// digits, noteHash; so one query by partial key lists the checkpoints of a log in their order.
package main

import (
	"fmt"
	"log"
	"regexp"
	"strconv"
	"strings"

	"github.com/hyperledger/fabric-chaincode-go/pkg/cid"
	"github.com/hyperledger/fabric-chaincode-go/shim"
	"github.com/hyperledger/fabric-protos-go/peer"
)

// The first line of a value.
const format = "cinnabar-anchor-1"

// An origin is a URL without scheme; longer ones are refused by no log that we know.
const originLimit = 512

var digest = regexp.MustCompile(`^[0-9a-f]{64}$`)

type chaincode struct{}

func (chaincode) Init(shim.ChaincodeStubInterface) peer.Response { return shim.Success(nil) }

func (chaincode) Invoke(stub shim.ChaincodeStubInterface) peer.Response {
	function, arguments := stub.GetFunctionAndParameters()
	if function != "anchor" || len(arguments) != 4 {
		return shim.Error("call anchor(origin, size, root, noteHash)")
	}
	origin, size, root, noteHash := arguments[0], arguments[1], arguments[2], arguments[3]
	number, err := strconv.ParseUint(size, 10, 64)
	if err != nil || strconv.FormatUint(number, 10) != size {
		return shim.Error("size is a count in decimal digits")
	}
	if origin == "" || len(origin) > originLimit || strings.ContainsAny(origin, "\x00\n") {
		return shim.Error("origin is one line of 1 to 512 bytes")
	}
	if !digest.MatchString(root) || !digest.MatchString(noteHash) {
		return shim.Error("root and noteHash are 64 lower-case hex digits each")
	}
	organization, err := cid.GetMSPID(stub)
	if err != nil {
		return shim.Error("the caller's organization is unknown: " + err.Error())
	}
	key, err := stub.CreateCompositeKey(
		"checkpoint", []string{origin, organization, fmt.Sprintf("%020d", number), noteHash})
	if err != nil {
		return shim.Error(err.Error())
	}
	value := strings.Join([]string{format, origin, size, root, noteHash, ""}, "\n")
	if err := stub.PutState(key, []byte(value)); err != nil {
		return shim.Error(err.Error())
	}
	return shim.Success(nil)
}

func main() {
	if err := shim.Start(chaincode{}); err != nil {
		log.Fatal(err)
	}
}
