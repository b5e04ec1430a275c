// YAML as Kubernetes reads it: documents parted by apimachinery, each read by sigs.k8s.io/yaml.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

func documents(text string) ([]json.RawMessage, error) {
	reader := utilyaml.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	values := []json.RawMessage{}
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := yaml.YAMLToJSON(document)
		if err != nil {
			return nil, err
		}
		if string(value) != "null" {
			values = append(values, value)
		}
	}
}

// read answers the values of the documents of a text that are not null. The text is somebody's, or one that the project
// wrote.
func read(input json.RawMessage) (any, error) {
	var text string
	if err := json.Unmarshal(input, &text); err != nil {
		return nil, err
	}
	values, err := documents(text)
	if err != nil {
		return refused, nil
	}
	return values, nil
}
