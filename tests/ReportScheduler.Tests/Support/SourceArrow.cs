using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ReportScheduler.Tests.Support;

/// <summary>That one source file of the module uses another one, as the compiler sees it.</summary>
/// <param name="From">The file that uses, relative to the module.</param>
/// <param name="To">The file that is used.</param>
/// <param name="Names">What is used of it.</param>
internal sealed record SourceArrow(string From, string To, IReadOnlyList<string> Names)
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; "
        + "global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<CSharpCompilation> Compiled = new(Compile);

    private static string Module => Path.Combine(BuiltModule.Root, "src", "ReportScheduler");

    public static IReadOnlyList<string> Files() => [.. Directory.GetFiles(Module, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Module, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))];

    public static string RoomOf(string file) => file.Contains('/', StringComparison.Ordinal) ? file[..file.LastIndexOf('/')] : "";

    public static IReadOnlyList<SourceArrow> All()
    {
        var compilation = Compilation();
        return [.. compilation.SyntaxTrees.Where(tree => tree.FilePath != "usings")
            .SelectMany(tree => Used(tree, compilation.GetSemanticModel(tree)))
            .GroupBy(use => (use.From, use.To))
            .Select(group => new SourceArrow(group.Key.From, group.Key.To, [.. group.Select(use => use.Name).Distinct()]))];
    }

    /// <summary>The source of the module as the compiler understands it.</summary>
    public static CSharpCompilation Compilation() => Compiled.Value;

    private static CSharpCompilation Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = Files().Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Module, file)), options, file))
            .ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) != "ReportScheduler.dll").Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("ReportScheduler", [.. trees, CSharpSyntaxTree.ParseText(Usings, options, "usings")], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    private static IEnumerable<(string From, string To, string Name)> Used(SyntaxTree tree, SemanticModel model)
    {
        foreach (var node in tree.GetRoot().DescendantNodes()
            .Where(node => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
        {
            var symbol = model.GetSymbolInfo(node).Symbol?.OriginalDefinition;
            if (symbol is null or INamespaceSymbol || node.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null)
            {
                continue;
            }

            // a member stands where it is declared, which for a partial class may be another file than its type's
            if (symbol.Locations.FirstOrDefault(place => place.IsInSource)?.SourceTree is { } home && home != tree
                && home.FilePath != "usings")
            {
                yield return (tree.FilePath, home.FilePath,
                    symbol is INamedTypeSymbol ? symbol.Name : $"{symbol.ContainingType?.Name}.{symbol.Name}");
            }
        }
    }
}
