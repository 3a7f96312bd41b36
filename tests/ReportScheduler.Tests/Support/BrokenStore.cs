using System.Reflection;
using System.Runtime.ExceptionServices;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Support;

/// <summary>A store with a bug: some of its methods throw what nobody foresees.</summary>
public class BrokenStore : DispatchProxy
{
    private IReportStore real = null!;
    private Func<string, object?[], bool> throws = null!;

    /// <param name="real">The store that does the work.</param>
    /// <param name="throws">Says by method and arguments whether a call throws.</param>
    internal static IReportStore Of(IReportStore real, Func<string, object?[], bool> throws)
    {
        var store = Create<IReportStore, BrokenStore>();
        var broken = (BrokenStore)(object)store;
        (broken.real, broken.throws) = (real, throws);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (throws(targetMethod!.Name, args!))
        {
            throw new InvalidOperationException("a bug");
        }

        try
        {
            return targetMethod.Invoke(real, args);
        }
        catch (TargetInvocationException problem)
        {
            ExceptionDispatchInfo.Throw(problem.InnerException!);
            throw;
        }
    }
}
