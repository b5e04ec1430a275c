// What the API server does to a custom resource before a validating webhook sees it: defaults, pruning, validation
// (apiextensions-apiserver, pkg/apiserver/customresource_handler.go), all from Liqo's own CRD.
package main

import (
	"errors"
	"fmt"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"

	offloadingv1beta1 "github.com/liqotech/liqo/apis/offloading/v1beta1"
)

var (
	structural *structuralschema.Structural
	validator  validation.SchemaValidator
)

func loadCRD(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(text, &crd); err != nil {
		return err
	}
	for _, version := range crd.Spec.Versions {
		if version.Name != offloadingv1beta1.SchemeGroupVersion.Version {
			continue
		}
		var schema apiextensions.JSONSchemaProps
		err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &schema, nil)
		if err != nil {
			return err
		}
		if structural, err = structuralschema.NewStructural(&schema); err != nil {
			return err
		}
		validator, _, err = validation.NewSchemaValidator(&schema)
		return err
	}
	return fmt.Errorf("%s has no version %s", file, offloadingv1beta1.SchemeGroupVersion.Version)
}

// stored makes of a manifest what the API server stores, or an error where it refuses it.
func stored(manifest map[string]any) (map[string]any, error) {
	object := runtime.DeepCopyJSON(manifest)
	defaulting.Default(object, structural)
	meta, found, err := objectmeta.GetObjectMeta(object, false)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errors.New("no metadata")
	}
	pruning.Prune(object, structural, true)
	defaulting.PruneNonNullableNullsWithoutDefaults(object, structural)
	if err := objectmeta.SetObjectMeta(object, meta); err != nil {
		return nil, err
	}
	problems := validation.ValidateCustomResource(nil, object, validator)
	problems = append(problems, apivalidation.ValidateObjectMeta(meta, true, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata"))...)
	return object, problems.ToAggregate()
}
