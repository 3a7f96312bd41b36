using System.Management.Automation;
using System.Management.Automation.Language;

namespace ReportScheduler.Commands.Scripts;

/// <summary>What the text of a script says, without running it.</summary>
internal static class ScriptText
{
    /// <exception cref="ReportException">It is empty, or no PowerShell.</exception>
    public static ScriptBlockAst Check(string dataset, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw ScriptErrors.ScriptEmpty(dataset);
        }

        var ast = Parser.ParseInput(text, out _, out var mistakes);
        return mistakes is [var first, ..] ? throw ScriptErrors.ScriptNotParsed(dataset, first.Extent.StartLineNumber, first.Message) : ast;
    }

    /// <summary>The names in its param block; empty when it has none.</summary>
    public static IReadOnlyList<string> Parameters(ScriptBlockAst script) =>
        [.. (script.ParamBlock?.Parameters ?? Enumerable.Empty<ParameterAst>()).Select(parameter => parameter.Name.VariablePath.UserPath)];

    /// <summary>Those of them that are mandatory.</summary>
    public static IEnumerable<string> Needed(ScriptBlockAst script) =>
        (script.ParamBlock?.Parameters ?? Enumerable.Empty<ParameterAst>()).Where(parameter => parameter.Attributes.OfType<AttributeAst>()
            .Any(attribute => attribute.TypeName.GetReflectionAttributeType() == typeof(ParameterAttribute)
                && attribute.NamedArguments.Any(argument => argument.ArgumentName.Equals("Mandatory", StringComparison.OrdinalIgnoreCase)
                    && !argument.Argument.Extent.Text.Equals("$false", StringComparison.OrdinalIgnoreCase))))
            .Select(parameter => parameter.Name.VariablePath.UserPath);

    /// <summary>The text of a script block, or the text itself; null for nothing.</summary>
    public static string? Of(object? given) => given switch
    {
        null => null,
        PSObject wrapped => Of(wrapped.BaseObject),
        ScriptBlock block => block.ToString(),
        _ => given.ToString(),
    };
}
