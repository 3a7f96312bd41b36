using ReportScheduler.Rows;

namespace ReportScheduler.Commands.Scripts;

/// <summary>The value of a parameter as scripts are used to it.</summary>
internal static class ScriptValue
{
    /// <summary>Dates in words are a DateTime: a day at midnight, an instant in the
    /// time of this computer, which cmdlets compare with.</summary>
    public static object? Of(ReportParameter parameter) => parameter switch
    {
        { IsWallClock: true, Value: DateOnly day } => day.ToDateTime(TimeOnly.MinValue),
        { IsWallClock: true, Value: DateTimeOffset time } => time.LocalDateTime,
        _ => parameter.Value,
    };
}
