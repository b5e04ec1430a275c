// Selectors as text: labels.Parse of apimachinery, and what liqoctl makes of its --selector.
package main

import (
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
)

// requirement is [key, operator, values]; the values are a set.
type requirement [3]any

// operators are those of a node selector, by the name that a label selector has for them.
var operators = map[selection.Operator]corev1.NodeSelectorOperator{
	selection.Equals:       corev1.NodeSelectorOpIn,
	selection.DoubleEquals: corev1.NodeSelectorOpIn,
	selection.In:           corev1.NodeSelectorOpIn,
	selection.NotEquals:    corev1.NodeSelectorOpNotIn,
	selection.NotIn:        corev1.NodeSelectorOpNotIn,
	selection.Exists:       corev1.NodeSelectorOpExists,
	selection.DoesNotExist: corev1.NodeSelectorOpDoesNotExist,
	selection.GreaterThan:  corev1.NodeSelectorOpGt,
	selection.LessThan:     corev1.NodeSelectorOpLt,
}

// parse answers the requirements of a label selector.
func parse(input json.RawMessage) (any, error) {
	var text string
	if err := json.Unmarshal(input, &text); err != nil {
		return nil, err
	}
	selector, err := labels.Parse(text)
	if err != nil {
		return refused, nil
	}
	parsed, _ := selector.Requirements()
	requirements := []requirement{}
	for _, one := range parsed {
		operator, known := operators[one.Operator()]
		if !known {
			return nil, fmt.Errorf("no such operator: %q", one.Operator())
		}
		requirements = append(requirements, requirement{one.Key(), operator, one.ValuesUnsorted()})
	}
	return requirements, nil
}

// liqoctl answers the requirements that liqoctl writes into the clusterSelector for one --selector: ParseClusterSelectors
// of pkg/liqoctl/offload/handler.go. That package itself would bring Helm and the clients of three clouds into this module.
func liqoctl(input json.RawMessage) (any, error) {
	var text string
	if err := json.Unmarshal(input, &text); err != nil {
		return nil, err
	}
	selector, err := metav1.ParseToLabelSelector(text)
	if err != nil {
		return refused, nil
	}
	requirements := []requirement{}
	for key, value := range selector.MatchLabels {
		requirements = append(requirements, requirement{key, metav1.LabelSelectorOpIn, []string{value}})
	}
	for _, one := range selector.MatchExpressions {
		requirements = append(requirements, requirement{one.Key, one.Operator, append([]string{}, one.Values...)})
	}
	return requirements, nil
}
