using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>A piped object without a name is not taken for a name because it can be written as text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } nameless
            ? throw NotGiven.Because(CommandErrors.NotAName($"{nameless}"))
            : inputData;
}
