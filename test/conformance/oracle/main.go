// The oracle says what the code of Liqo and Kubernetes makes of a case. It reads one case a line from standard input,
// {"kind": …, "input": …}, and writes one answer a line, in the same order.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/go-logr/logr"
	"k8s.io/klog/v2"
)

// refused is the answer where upstream refuses the input.
const refused = "refused"

// kinds answer the input of one kind of case each. An error means that the case itself is malformed, and is the answer.
var kinds = map[string]func(json.RawMessage) (any, error){
	"parse":      parse,
	"liqoctl":    liqoctl,
	"name":       name,
	"match":      match,
	"offloading": offloading,
	"pod":        pod,
	"read":       read,
	"write":      read,
}

func answer(line []byte) (any, error) {
	var question struct {
		Kind  string          `json:"kind"`
		Input json.RawMessage `json:"input"`
	}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	kind, known := kinds[question.Kind]
	if !known {
		return nil, fmt.Errorf("no such kind: %q", question.Kind)
	}
	return kind(question.Input)
}

// decode reads an input strictly, so that a misspelt field of a case does not pass for an absent one.
func decode(input json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(input))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

func run(in io.Reader, out *bufio.Writer) error {
	lines := bufio.NewReaderSize(in, 1<<20)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			said, err := answer(line)
			if err != nil {
				said = map[string]string{"malformed": err.Error()}
			}
			if err := encoder.Encode(said); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return out.Flush()
		}
		if err != nil {
			return err
		}
		if lines.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

func main() {
	crd := flag.String("crd", "", "Liqo's CustomResourceDefinition of NamespaceOffloading")
	flag.Parse()
	// The webhooks log each refusal; the answer says it already.
	klog.SetLogger(logr.Discard())
	if err := loadCRD(*crd); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
	if err := run(os.Stdin, bufio.NewWriterSize(os.Stdout, 1<<20)); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
