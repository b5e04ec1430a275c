// Matching: Liqo's MatchVirtualNodeSelectorTerms, and the scheduler's node affinity.
package main

import (
	"context"
	"encoding/json"
	"errors"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/component-helpers/scheduling/corev1/nodeaffinity"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	offloadingv1beta1 "github.com/liqotech/liqo/apis/offloading/v1beta1"
	nsoffctrl "github.com/liqotech/liqo/pkg/liqo-controller-manager/offloading/namespaceoffloading-controller"
	"github.com/liqotech/liqo/pkg/utils/virtualnode"
)

// scheme knows the types that a fake client holds.
var scheme = runtime.NewScheme()

func init() {
	utilruntime.Must(clientgoscheme.AddToScheme(scheme))
	utilruntime.Must(offloadingv1beta1.AddToScheme(scheme))
}

func verdict(matches bool, err error) string {
	switch {
	case err != nil:
		return "error"
	case matches:
		return "yes"
	default:
		return "no"
	}
}

// match answers whether a clusterSelector selects a virtual node, and whether a pod with the same terms as required node
// affinity fits its labels.
func match(input json.RawMessage) (any, error) {
	var given struct {
		Terms       []corev1.NodeSelectorTerm     `json:"terms"`
		VirtualNode offloadingv1beta1.VirtualNode `json:"virtualNode"`
		Node        *corev1.Node                  `json:"node"`
	}
	if err := decode(input, &given); err != nil {
		return nil, err
	}
	if given.Terms == nil {
		return nil, errors.New("no terms")
	}
	ctx := context.Background()
	builder := fake.NewClientBuilder().WithScheme(scheme)
	if given.Node != nil {
		builder = builder.WithObjects(given.Node)
	}
	client := builder.Build()
	selector := &corev1.NodeSelector{NodeSelectorTerms: given.Terms}
	liqo := verdict(nsoffctrl.MatchVirtualNodeSelectorTerms(ctx, client, &given.VirtualNode, selector))
	node, err := virtualnode.ForgeFakeNodeFromVirtualNode(ctx, client, &given.VirtualNode)
	if err != nil {
		return nil, err
	}
	scheduler := verdict(nodeaffinity.NewLazyErrorNodeSelector(selector).Match(node))
	return map[string]string{"liqo": liqo, "scheduler": scheduler}, nil
}
