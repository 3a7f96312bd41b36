using System.Globalization;
using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Takes a DateTimeOffset where a DateTime is asked for, without losing which instant it is, and says in words what is no date.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InstantTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            DateTimeOffset instant => instant.UtcDateTime,
            string text when string.IsNullOrWhiteSpace(text) => NotGiven.EmptyCell,
            string text when !LanguagePrimitives.TryConvertTo<DateTime>(text, CultureInfo.InvariantCulture, out _) => throw NotAnInstant(text),
            _ => inputData,
        };

    private static ArgumentTransformationMetadataException NotAnInstant(string text)
    {
        var problem = CommandErrors.NotAnInstant(text);
        return new ArgumentTransformationMetadataException(problem.Message, problem);
    }
}
