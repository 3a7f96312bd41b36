using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Values that leave their parameter alone when they come from the pipeline, such as an empty cell of a CSV file.</summary>
/// <remarks>PowerShell passes over what it cannot convert when the value is a property of a
/// piped object, and says so when it stands on the command line.</remarks>
internal static class NotGiven
{
    /// <summary>Converts to nothing but text.</summary>
    public const string EmptyCell = "(empty)";

    /// <summary>A whole piped object that is not taken, without a word; PowerShell tries other parameters then.</summary>
    public static ArgumentTransformationMetadataException Because(ReportException problem) =>
        new(problem.Message, new PSInvalidCastException(problem.Message, problem));

    /// <summary>A cell of a table without anything in it.</summary>
    public static bool IsEmptyCell(object? value) => Unwrapped(value) is string text && string.IsNullOrWhiteSpace(text);

    /// <summary>The value without PowerShell's wrapper. An object that is only its properties stays wrapped.</summary>
    public static object? Unwrapped(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
