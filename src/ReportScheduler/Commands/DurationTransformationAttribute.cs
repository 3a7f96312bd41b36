using System.Management.Automation;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Takes a duration as a TimeSpan or as text such as 90s, 15m, 2h30m, 1d or 1w.</summary>
/// <remarks>Bare numbers are refused: PowerShell would make 5 five ticks and '5' five days.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            if (NotGiven.IsEmptyCell(given))
            {
                return NotGiven.EmptyCell;
            }

            // ConvertTo-Json writes a TimeSpan as an object with its parts
            if (given is PSCustomObject && inputData is PSObject { Properties: var parts } && parts["Ticks"]?.Value is { } ticks)
            {
                return TimeSpan.FromTicks(LanguagePrimitives.ConvertTo<long>(ticks));
            }

            // The wrapper remembers what was typed: to PowerShell 90s is the short 90 and 1d the decimal 1.
            return given is null or TimeSpan ? given : DurationText.Parse(LanguagePrimitives.ConvertTo<string>(inputData));
        }
        catch (ReportException problem)
        {
            throw new ArgumentTransformationMetadataException(problem.Message, problem);
        }
    }
}
