// Names: apimachinery's own validation.
package main

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/util/validation"
)

// name answers what a text may be the name of.
func name(input json.RawMessage) (any, error) {
	var text string
	if err := json.Unmarshal(input, &text); err != nil {
		return nil, err
	}
	return map[string]bool{
		"labelKey":     len(validation.IsQualifiedName(text)) == 0,
		"labelValue":   len(validation.IsValidLabelValue(text)) == 0,
		"dnsLabel":     len(validation.IsDNS1123Label(text)) == 0,
		"dnsSubdomain": len(validation.IsDNS1123Subdomain(text)) == 0,
	}, nil
}
