using System.Globalization;
using System.Management.Automation;
using ReportScheduler.Sources;
using ReportScheduler.Time;

namespace ReportScheduler.Commands;

/// <summary>Takes a DateTimeOffset where a DateTime is asked for, without losing
/// which instant it is, and says in words what is no date.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InstantTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether a duration means so long ago, and a relative date such as yesterday the one of this computer's calendar.</summary>
    public bool OrAgo { get; init; }

    /// <summary>Whether it is given on the command line and not by the cells of a table, where empty text is no value.</summary>
    public bool IsTyped { get; init; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return given switch
        {
            DateTimeOffset instant => instant.UtcDateTime,
            TimeSpan age when OrAgo => Ago(age),
            string text when !IsTyped && string.IsNullOrWhiteSpace(text) => NotGiven.EmptyCell,
            // the wrapper remembers what was typed: to PowerShell 1d is the decimal 1
            string or ValueType and not DateTime when OrAgo => Past(LanguagePrimitives.ConvertTo<string>(inputData)),
            string text when !IsInstant(text, out _) => throw Refused(CommandErrors.NotAnInstant(text)),
            _ => inputData,
        };
    }

    private static DateTime Past(string text)
    {
        try
        {
            // 10:00 is a time of today
            return IsInstant(text, out var time) && !text.All(char.IsDigit) ? time
                : RelativeDate.TryParse(text) is { } date ? Start(date)
                : Ago(DurationText.Parse(text));
        }
        catch (ReportException)
        {
            throw Refused(CommandErrors.NotAnInstantOrAge(text));
        }
    }

    private static bool IsInstant(string text, out DateTime time) =>
        LanguagePrimitives.TryConvertTo(text, CultureInfo.InvariantCulture, out time);

    private static DateTime Start(RelativeDate date) => date.Resolve(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Local) switch
    {
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        var instant => ((DateTimeOffset)instant).UtcDateTime,
    };

    private static DateTime Ago(TimeSpan age) => TimeProvider.System.GetUtcNow().Ago(age).UtcDateTime;

    private static ArgumentTransformationMetadataException Refused(ReportException problem) => new(problem.Message, problem);
}
