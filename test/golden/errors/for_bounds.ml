let () = for i = 0 to "a" do () done
