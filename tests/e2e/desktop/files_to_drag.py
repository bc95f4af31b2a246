"""A window of another program, from which files can be dragged: `files_to_drag.py FILE…`. Prints a line when it is shown."""

import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

FILES = [GLib.filename_to_uri(file, None) for file in sys.argv[1:]]

window = Gtk.Window(title="Files to drag")
window.set_default_size(200, 120)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label="Drag me"))
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _handle, _context, data, _info, _time: data.set_uris(FILES))
window.add(handle)
window.show_all()
window.move(1380, 860)
# Said when everything that was to be drawn is drawn.
GLib.idle_add(lambda: print("shown", flush=True), priority=GLib.PRIORITY_LOW)
Gtk.main()
