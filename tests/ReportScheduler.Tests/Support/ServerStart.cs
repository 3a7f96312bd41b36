using System.Data.Common;
using System.Diagnostics;

namespace ReportScheduler.Tests.Support;

/// <summary>Waits until a server that has just been started answers.</summary>
internal static class ServerStart
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static void Wait(Action connect)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                connect();
                return;
            }
            catch (DbException) when (watch.Elapsed < Limit)
            {
                // It says nothing when it is ready, so asking again is all there is.
                Thread.Sleep(50);
            }
        }
    }
}
