// The admission webhook of NamespaceOffloading, as the API server calls it.
package main

import (
	"context"
	"encoding/json"

	admissionv1 "k8s.io/api/admission/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"

	nsoffwh "github.com/liqotech/liqo/pkg/webhooks/namespaceoffloading"
)

// words are short names for what the webhook says.
var words = map[string]string{
	"": "accepted",
	"NamespaceOffloading name must match offloading":                                                     "name",
	"The RemoteNamespaceName value cannot be empty when using the SelectedName NamespaceMappingStrategy": "required",
	"The NamespaceMappingStrategy value cannot be modified after creation":                               "mapping",
	"The RemoteNamespaceName value cannot be modified after creation":                                    "remoteName",
}

func raw(manifest map[string]any) (runtime.RawExtension, error) {
	text, err := json.Marshal(manifest)
	return runtime.RawExtension{Raw: text}, err
}

// offloading answers what becomes of a created or changed NamespaceOffloading, and how many warnings it earns.
func offloading(input json.RawMessage) (any, error) {
	var given struct {
		Before map[string]any `json:"before"`
		After  map[string]any `json:"after"`
	}
	if err := decode(input, &given); err != nil {
		return nil, err
	}
	after, err := stored(given.After)
	if err != nil {
		return map[string]any{"outcome": "schema", "warnings": 0}, nil
	}
	request := admission.Request{AdmissionRequest: admissionv1.AdmissionRequest{Operation: admissionv1.Create}}
	if request.Object, err = raw(after); err != nil {
		return nil, err
	}
	if given.Before != nil {
		before, err := stored(given.Before)
		if err != nil {
			return nil, err
		}
		request.Operation = admissionv1.Update
		if request.OldObject, err = raw(before); err != nil {
			return nil, err
		}
	}
	response := nsoffwh.New().Handler.Handle(context.Background(), request)
	outcome, known := words[response.Result.Message]
	if !known {
		outcome = response.Result.Message
	}
	return map[string]any{"outcome": outcome, "warnings": len(response.Warnings)}, nil
}
