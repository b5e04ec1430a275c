// The pod webhook, on a pod that is created in a labelled namespace.
package main

import (
	"context"
	"encoding/json"

	jsonpatch "gopkg.in/evanphx/json-patch.v4"
	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"

	offloadingv1beta1 "github.com/liqotech/liqo/apis/offloading/v1beta1"
	podwh "github.com/liqotech/liqo/pkg/webhooks/pod"
)

// pod answers the pod's spec behind the webhook.
func pod(input json.RawMessage) (any, error) {
	var given struct {
		Pod              json.RawMessage `json:"pod"`
		Offloading       map[string]any  `json:"offloading"`
		LiqoRuntimeClass string          `json:"liqoRuntimeClass"`
	}
	if err := decode(input, &given); err != nil {
		return nil, err
	}
	builder := fake.NewClientBuilder().WithScheme(scheme)
	namespace := "default"
	if given.Offloading != nil {
		object, err := stored(given.Offloading)
		if err != nil {
			return nil, err
		}
		var typed offloadingv1beta1.NamespaceOffloading
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object, &typed); err != nil {
			return nil, err
		}
		namespace = typed.Namespace
		builder = builder.WithObjects(&typed)
	}
	request := admission.Request{AdmissionRequest: admissionv1.AdmissionRequest{
		Operation: admissionv1.Create,
		Namespace: namespace,
		Object:    runtime.RawExtension{Raw: given.Pod},
	}}
	response := podwh.New(builder.Build(), given.LiqoRuntimeClass).Handler.Handle(context.Background(), request)
	if !response.Allowed {
		return refused, nil
	}
	patches, err := json.Marshal(response.Patches)
	if err != nil {
		return nil, err
	}
	patch, err := jsonpatch.DecodePatch(patches)
	if err != nil {
		return nil, err
	}
	text, err := patch.Apply(given.Pod)
	if err != nil {
		return nil, err
	}
	var changed corev1.Pod
	err = json.Unmarshal(text, &changed)
	return changed.Spec, err
}
