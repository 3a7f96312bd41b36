using System.Management.Automation;
using ReportScheduler.Commands.Scripts;

namespace ReportScheduler.Commands;

/// <summary>Takes a script block, or the text of one as JSON and jobs give it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ScriptTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => ScriptText.Of(inputData);
}
