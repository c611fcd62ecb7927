// Command sdk-generator writes what a language host is asked to write in its language: the SDK of a package, and the program that
// `pulumi import` prints. It takes a request of Pulumi's protocol on standard input and gives the response on standard output:
//
//	sdk-generator python GeneratePackage < request > response
//
// The generators are those of Pulumi's own language hosts.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
)

const tool = "pulumi-genesyscloud-oauth"

// generator is what Pulumi has for a language.
type generator struct {
	sdk     func(*schema.Package, *pulumirpc.GeneratePackageRequest, schema.ReferenceLoader) (map[string][]byte, error)
	program func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
}

var generators = map[string]generator{
	"go": {
		sdk: func(pkg *schema.Package, request *pulumirpc.GeneratePackageRequest, _ schema.ReferenceLoader) (map[string][]byte, error) {
			return golang.GeneratePackage(tool, pkg, request.LocalDependencies)
		},
		program: golang.GenerateProgram,
	},
	"nodejs": {
		sdk: func(pkg *schema.Package, request *pulumirpc.GeneratePackageRequest, loader schema.ReferenceLoader) (map[string][]byte, error) {
			return nodejs.GeneratePackage(tool, pkg, request.ExtraFiles, request.LocalDependencies, request.Local, loader)
		},
		program: nodejs.GenerateProgram,
	},
	"python": {
		sdk: func(pkg *schema.Package, request *pulumirpc.GeneratePackageRequest, loader schema.ReferenceLoader) (map[string][]byte, error) {
			return python.GeneratePackage(tool, pkg, request.ExtraFiles, loader)
		},
		program: python.GenerateProgram,
	},
}

func main() {
	if err := answer(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(args []string) error {
	languages := strings.Join(slices.Sorted(maps.Keys(generators)), "|")
	if len(args) != 2 {
		return fmt.Errorf("usage: sdk-generator %s GeneratePackage|GenerateProgram < request > response", languages)
	}
	generator, known := generators[args[0]]
	if !known {
		return fmt.Errorf("there is no generator for %s, only for %s", args[0], languages)
	}
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	var response proto.Message
	switch args[1] {
	case "GeneratePackage":
		response, err = generatePackage(generator, input)
	case "GenerateProgram":
		response, err = generateProgram(generator, input)
	default:
		return fmt.Errorf("there is no method %s, only GeneratePackage and GenerateProgram", args[1])
	}
	if err != nil {
		return err
	}
	output, err := proto.Marshal(response)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(output)
	return err
}

func generatePackage(generator generator, input []byte) (proto.Message, error) {
	var request pulumirpc.GeneratePackageRequest
	if err := proto.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	loader, err := loaderAt(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(request.Schema), &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return response, nil
	}
	files, err := generator.sdk(pkg, &request, loader)
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		path := filepath.Join(request.Directory, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
	}
	return response, nil
}

func generateProgram(generator generator, input []byte) (proto.Message, error) {
	var request pulumirpc.GenerateProgramRequest
	if err := proto.Unmarshal(input, &request); err != nil {
		return nil, err
	}
	loader, err := loaderAt(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	parser := syntax.NewParser()
	for _, name := range slices.Sorted(maps.Keys(request.Source)) {
		if err := parser.ParseFile(strings.NewReader(request.Source[name]), name); err != nil {
			return nil, err
		}
	}
	if parser.Diagnostics.HasErrors() {
		return &pulumirpc.GenerateProgramResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(parser.Diagnostics)}, nil
	}
	var options []pcl.BindOption
	if !request.Strict {
		options = pcl.NonStrictBindOptions()
	}
	program, diagnostics, err := pcl.BindProgram(parser.Files, loader, options...)
	if err != nil {
		return nil, err
	}
	var source map[string][]byte
	if !diagnostics.HasErrors() {
		var more hcl.Diagnostics
		if source, more, err = generator.program(program); err != nil {
			return nil, err
		}
		diagnostics = append(diagnostics, more...)
	}
	return &pulumirpc.GenerateProgramResponse{
		Source:      source,
		Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics),
	}, nil
}

// loaderAt has the schemas of other packages from the engine that asks.
func loaderAt(target string) (schema.ReferenceLoader, error) {
	client, err := schema.NewLoaderClient(target)
	if err != nil {
		return nil, err
	}
	return schema.NewCachedLoader(client), nil
}
