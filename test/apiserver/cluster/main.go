// Kubernetes' own server side as one program for tests: etcd, kube-apiserver and the controller that empties a
// deleted namespace. `cluster etcd …` and `cluster kube-apiserver …` take the flags of the programs they are.
package main

import (
	"context"
	"fmt"
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
	"k8s.io/kubernetes/pkg/controller/namespace"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: cluster etcd | kube-apiserver | namespace-controller <kubeconfig>"))
	}
	switch command := os.Args[1]; command {
	case "etcd":
		etcdmain.Main(os.Args[1:])
	case "kube-apiserver":
		os.Args = os.Args[1:]
		os.Exit(cli.Run(app.NewAPIServerCommand()))
	case "namespace-controller":
		fail(deleteNamespaces(context.Background(), os.Args[2]))
	default:
		fail(fmt.Errorf("unknown command %q", command))
	}
}

// deleteNamespaces runs the one controller of kube-controller-manager that these tests need.
func deleteNamespaces(ctx context.Context, kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 400, 3000 // as kube-controller-manager does for it: it asks for every resource
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	objects, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	controller := namespace.NewNamespaceController(ctx, client, objects,
		client.Discovery().ServerPreferredNamespacedResources,
		factory.Core().V1().Namespaces(), 0, v1.FinalizerKubernetes)
	factory.Start(ctx.Done())
	controller.Run(ctx, 10)
	return nil
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
