using System.Runtime.ExceptionServices;

namespace ReportScheduler.Templates;

/// <summary>Work that calls itself as deep as its input is nested, on a stack that is
/// large enough for the deepest input that is let in.</summary>
/// <remarks>A stack that overflows ends the process: no exception says so beforehand.</remarks>
internal static class DeepStack
{
    /// <summary>Reserved, not used: 64 KB of opening brackets took 100 MB.</summary>
    private const int Size = 256 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? problem = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception error)
                {
                    problem = ExceptionDispatchInfo.Capture(error);
                }
            },
            Size);
        thread.Start();
        thread.Join();
        problem?.Throw();
        return result!;
    }
}
