using System.Globalization;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes what tables and scripts write for true and false: true, false, yes, no, 1, 0. Anything else is refused.</summary>
/// <remarks>PowerShell by itself passes over a text that is piped to a switch, and the switch keeps its default.</remarks>
/// <param name="type">The type of the parameter: bool, bool? or SwitchParameter.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlagTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The type of the parameter.</summary>
    public Type Type { get; } = type;

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = NotGiven.Unwrapped(inputData);
        if (given is null || NotGiven.IsEmptyCell(given))
        {
            return Type == typeof(SwitchParameter) ? new SwitchParameter(false) : Type == typeof(bool) ? NotGiven.EmptyCell : null;
        }

        var text = given is SwitchParameter flag
            ? $"{flag.IsPresent}"
            : Convert.ToString(given, CultureInfo.InvariantCulture)?.Trim() ?? "";
        bool? truth = text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ => null,
        };
        return truth is not { } known ? throw Refused(text) : Type == typeof(SwitchParameter) ? new SwitchParameter(known) : known;
    }

    private static ArgumentTransformationMetadataException Refused(string text)
    {
        var problem = CommandErrors.NeitherTrueNorFalse(text);
        return new ArgumentTransformationMetadataException(problem.Message, problem);
    }
}
