using System.Runtime.InteropServices;

namespace ReportScheduler.Exports.Fonts;

/// <summary>Bytes that stay at their place as long as native code reads them.</summary>
internal sealed class GCHandleOwner(byte[] bytes) : IDisposable
{
    private GCHandle handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);

    public nint Address => handle.AddrOfPinnedObject();

    public void Dispose()
    {
        if (handle.IsAllocated)
        {
            handle.Free();
        }
    }
}
