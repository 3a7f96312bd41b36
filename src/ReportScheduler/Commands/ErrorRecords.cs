using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>Shows the module's exceptions as PowerShell errors.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this ReportException problem) =>
        new(problem, problem.ErrorId, Enum.Parse<ErrorCategory>(problem.Category.ToString()), problem.ErrorTarget);
}
